import type { ReactNode } from "react";
import { getTranslator } from "@/lib/i18n/request";

/** The forms work without JavaScript; what follows them does not, and says so before somebody wonders. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getTranslator("common");
  return (
    <>
      <noscript>
        <p className="bg-warning-soft px-4 py-3 text-center text-sm text-warning-ink">{t("scriptNeeded")}</p>
      </noscript>
      {children}
    </>
  );
}

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LanguageSelect } from "./appearance/language-select";
import { BrandMark } from "./brand-mark";

export interface AuthFrameProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Below the card: the way to another page. */
  footer?: ReactNode;
}

/** The frame of the pages before signing in: one quiet card, the mark above it, the language below. */
export function AuthFrame({ title, description, children, footer }: AuthFrameProps) {
  const t = useTranslations("common");
  return (
    <div className="flex min-h-dvh flex-col items-center bg-canvas px-4 pt-[max(2rem,12vh)] pb-8">
      <main className="w-full max-w-sm">
        <div className="mb-6 flex items-center justify-center gap-2.5">
          <BrandMark className="size-8" />
          <span className="text-lg font-semibold tracking-tight">{t("appName")}</span>
        </div>
        <div className="rounded-card bg-surface p-6 inset-ring inset-ring-line sm:p-7">
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          {description && <p className="mt-1 text-sm text-pretty text-muted">{description}</p>}
          <div className="mt-6">{children}</div>
        </div>
        {footer && <div className="mt-5 text-center text-sm text-muted">{footer}</div>}
      </main>
      <footer className="mt-auto w-40 pt-10">
        <LanguageSelect hideLabel />
      </footer>
    </div>
  );
}

"use client";
import { CloudAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page failed. The server has logged it; here one may only try again. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("common");
  return (
    <main className="grid min-h-full place-items-center bg-canvas">
      <EmptyState
        page
        icon={<CloudAlert aria-hidden="true" />}
        title={t("errorTitle")}
        description={t("errorText")}
        action={
          <Button variant="primary" onClick={reset}>
            {t("retry")}
          </Button>
        }
      />
    </main>
  );
}

"use client";
import { CloudAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** A page failed; takes the room that is there. The server has logged it; here one may only try again. */
export function Failed({ reset }: { reset: () => void }) {
  const t = useTranslations("common");
  const router = useRouter();
  // What failed may be what the server answered: to draw that again would fail again.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <div className="grid min-h-full min-w-0 flex-1 place-items-center bg-canvas">
      <EmptyState
        page
        icon={<CloudAlert aria-hidden="true" />}
        title={t("errorTitle")}
        description={t("errorText")}
        action={
          <Button variant="primary" onClick={retry}>
            {t("retry")}
          </Button>
        }
      />
    </div>
  );
}

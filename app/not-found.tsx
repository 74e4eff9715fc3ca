import { Compass } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { getTranslator } from "@/lib/i18n/request";

export default async function NotFoundPage() {
  const t = await getTranslator("common");
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas">
      <EmptyState
        page
        icon={<Compass aria-hidden="true" />}
        title={t("notFoundTitle")}
        description={t("notFoundText")}
        action={
          <LinkButton href="/chat" variant="primary">
            {t("goToChat")}
          </LinkButton>
        }
      />
    </main>
  );
}

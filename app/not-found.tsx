import { Lost } from "@/components/shell/lost";
import { getTranslator } from "@/lib/i18n/request";

/** Without a frame: for who is not signed in. */
export default async function NotFoundPage() {
  const t = await getTranslator("common");
  return (
    <main className="grid min-h-dvh">
      <Lost title={t("notFoundTitle")} text={t("notFoundText")} back={t("goToChat")} />
    </main>
  );
}

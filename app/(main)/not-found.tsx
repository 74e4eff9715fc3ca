import { Lost } from "@/components/shell/lost";
import { getTranslator } from "@/lib/i18n/request";

/** What a page says is not there for who is signed in; within the frame, so that they can go on from here. */
export default async function NotFoundWithinFrame() {
  const t = await getTranslator("common");
  return <Lost title={t("notFoundTitle")} text={t("notFoundText")} back={t("goToChat")} />;
}

import NotFoundPage from "@/app/not-found";
import { Lost } from "@/components/shell/lost";
import { currentActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";

/** Within the frame, so that whoever is signed in can go on from here. */
export default async function NotFoundWithinFrame() {
  if ((await currentActor()) === undefined) return <NotFoundPage />;
  const t = await getTranslator("common");
  return <Lost title={t("notFoundTitle")} text={t("notFoundText")} back={t("goToChat")} />;
}

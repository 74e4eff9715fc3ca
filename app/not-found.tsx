import type { Metadata } from "next";
import { AppShell } from "@/components/shell/app-shell";
import { Lost } from "@/components/shell/lost";
import { currentActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("common"))("notFoundTitle") };
}

/**
 * For every address that no page has, within the frame of whoever is signed in. It is no page that says so by
 * `notFound()`: that would be drawn by scripts only.
 */
export default async function NotFoundPage() {
  const [actor, t] = await Promise.all([currentActor(), getTranslator("common")]);
  const lost = <Lost title={t("notFoundTitle")} text={t("notFoundText")} back={t("goToChat")} />;
  if (actor === undefined) return <main className="grid min-h-dvh">{lost}</main>;
  const { id, username, name, role } = actor;
  return <AppShell me={{ id, username, name, role }}>{lost}</AppShell>;
}

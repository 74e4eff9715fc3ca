import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OnlineScreen } from "@/components/online/online-screen";
import { Page } from "@/components/ui/page";
import { requireActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("online");
  return { title: t("title") };
}

/** Who is connected now. The list itself comes by the engine, whose server asks again whether one may see it. */
export default async function OnlinePage() {
  const actor = await requireActor("/admin/online");
  if (actor.role !== "admin") notFound();
  const t = await getTranslator("online");
  return (
    <Page title={t("title")} width="wide">
      <OnlineScreen />
    </Page>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "@/components/ui/page";
import { requireActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";
import { NodesScreen } from "./nodes-screen";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("nodes");
  return { title: t("title") };
}

/** The nodes and what each carries; their use case asks again whether one may see it. */
export default async function NodesPage() {
  const actor = await requireActor("/admin/nodes");
  if (actor.role !== "admin") notFound();
  const t = await getTranslator("nodes");
  return (
    <Page title={t("title")} width="wide">
      <NodesScreen />
    </Page>
  );
}

import type { Metadata } from "next";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { Page } from "@/components/ui/page";
import { requireActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";
import { getRuntime } from "@/lib/runtime";
import { inboxActions } from "./inbox-actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("inbox");
  return { title: t("title") };
}

export default async function InboxPage() {
  const actor = await requireActor("/inbox");
  const [first, t] = await Promise.all([
    getRuntime().useCases.conversations.inbox(actor, {}),
    getTranslator("inbox"),
  ]);
  return (
    <Page title={t("title")}>
      <InboxScreen actions={inboxActions} first={first} />
    </Page>
  );
}

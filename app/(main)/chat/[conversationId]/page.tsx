import type { Metadata } from "next";
import { requireActor } from "@/lib/auth/current-actor";
import { conversationId } from "@/lib/contract/ids";
import { getTranslator } from "@/lib/i18n/request";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("chat");
  return { title: t("title") };
}

/** Whether there is such a conversation, and it is one of theirs, the engine learns from the server. */
export default async function ConversationPage({ params }: { params: Promise<{ conversationId: string }> }) {
  const parsed = conversationId.safeParse((await params).conversationId);
  await requireActor(parsed.success ? `/chat/${parsed.data}` : "/chat");
  return null;
}

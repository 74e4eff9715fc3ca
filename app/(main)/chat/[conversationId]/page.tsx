import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireActor } from "@/lib/auth/current-actor";
import { conversationId } from "@/lib/contract/ids";
import { getTranslator } from "@/lib/i18n/request";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("chat");
  return { title: t("title") };
}

/** Whether the conversation is one of theirs, the engine learns from the server. */
export default async function ConversationPage({ params }: { params: Promise<{ conversationId: string }> }) {
  const parsed = conversationId.safeParse((await params).conversationId);
  if (!parsed.success) notFound();
  await requireActor(`/chat/${parsed.data}`);
  return null;
}

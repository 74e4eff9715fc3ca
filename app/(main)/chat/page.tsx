import type { Metadata } from "next";
import { requireActor } from "@/lib/auth/current-actor";
import { getTranslator } from "@/lib/i18n/request";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator("chat");
  return { title: t("title") };
}

export default async function ChatPage() {
  await requireActor("/chat");
  return null;
}

"use client";
import { useTranslations } from "use-intl";
import type { Head } from "@/lib/contract/shapes";
import { useMe } from "../engine/engine-context";

/** The last message in one line, with who said it where that is not plain. */
export function MessagePreview({ head }: { head: Head }) {
  const t = useTranslations("chat");
  const me = useMe();
  const message = head.lastMessage;
  if (message === undefined) return t("noMessagesYet");
  if (message.deletedAt !== undefined) return t("deletedMessage");
  // The first lines are all that one line can show; a body may have thousands.
  const text = message.body.slice(0, 200).replace(/\s+/gu, " ").trim();
  if (message.sender.id === me.id) return t("previewOwn", { text });
  return head.kind === "group" ? t("previewOf", { name: message.sender.name, text }) : text;
}

"use client";
import { useTranslations } from "use-intl";
import type { Head } from "@/lib/contract/shapes";
import { useMe } from "../engine/engine-context";
import { useDraft } from "./drafts";
import { MessagePreview } from "./message-preview";

/** What was begun in a conversation that is not open, else its last message. */
export function DraftPreview({ head, open }: { head: Head; open: boolean }) {
  const t = useTranslations("chat");
  const draft = useDraft(useMe().id, head.id);
  if (open || draft === "" || head.unread > 0) return <MessagePreview head={head} />;
  return (
    <>
      <span className="font-medium text-accent-ink">{t("draft")}</span> {draft.slice(0, 200)}
    </>
  );
}

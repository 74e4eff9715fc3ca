"use client";
import { Check } from "lucide-react";
import { useTranslations } from "use-intl";
import { conversationName } from "../chat/conversation-name";
import { useMe } from "../engine/engine-context";
import { Button } from "../ui/button";
import type { InboxItem } from "./inbox-state";

export interface InboxDoneLineProps {
  item: InboxItem;
  onMarkUnread: (item: InboxItem) => void;
  onOpen: (id: string) => void;
}

/** What is left of a conversation that was put aside: its name, and the way back. */
export function InboxDoneLine({ item, onMarkUnread, onOpen }: InboxDoneLineProps) {
  const t = useTranslations("inbox");
  const me = useMe();
  return (
    <div className="flex min-h-11 items-center gap-2.5 rounded-card ps-4 pe-1.5 text-sm text-muted inset-ring inset-ring-line">
      <Check aria-hidden="true" className="size-4 shrink-0 text-success-ink" />
      <p className="min-w-0 flex-1 truncate">
        {t.rich("doneWith", {
          name: conversationName(item.head, me.id),
          open: (chunks) => (
            <button
              type="button"
              className="rounded-control font-medium text-ink hover:underline"
              onClick={() => onOpen(item.head.id)}
            >
              <bdi>{chunks}</bdi>
            </button>
          ),
        })}
      </p>
      <Button variant="ghost" size="sm" onClick={() => onMarkUnread(item)}>
        {t("markUnread")}
      </Button>
    </div>
  );
}

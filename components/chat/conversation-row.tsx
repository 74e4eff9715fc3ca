"use client";
import { memo } from "react";
import { useTranslations } from "use-intl";
import type { Head } from "@/lib/contract/shapes";
import { useMe } from "../engine/engine-context";
import { useNow } from "../format/use-now";
import { useTimes } from "../format/use-times";
import { classNames } from "../ui/class-names";
import { CountBadge } from "../ui/count-badge";
import { showConversation } from "./chat-navigation";
import { chatPath } from "./chat-path";
import { ConversationAvatar } from "./conversation-avatar";
import { conversationName } from "./conversation-name";
import { DraftPreview } from "./draft-preview";
import { moveFocus } from "./move-focus";

/** One conversation in the list: who, what was said last and when, how much is unread. */
export const ConversationRow = memo(function ConversationRow({ head, open }: { head: Head; open: boolean }) {
  const t = useTranslations("chat");
  const me = useMe();
  const times = useTimes();
  const now = useNow();
  const at = head.lastMessage && new Date(head.lastMessage.createdAt);
  const unread = head.unread > 0;
  return (
    <a
      href={chatPath(head.id)}
      aria-current={open ? "page" : undefined}
      onKeyDown={moveFocus}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        showConversation(head.id);
      }}
      className={classNames(
        "mx-2 flex h-16 items-center gap-3 rounded-card px-2.5 outline-offset-[-2px]",
        open ? "bg-raised inset-ring inset-ring-line" : "hover:bg-hover",
      )}
    >
      <ConversationAvatar head={head} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi
            className={classNames(
              "min-w-0 flex-1 truncate text-left text-sm rtl:text-right",
              unread ? "font-semibold" : "font-medium",
            )}
          >
            {conversationName(head, me.id)}
          </bdi>
          {at && (
            <time
              dateTime={at.toISOString()}
              className={classNames("shrink-0 text-xs tabular", unread ? "text-accent-ink" : "text-faint")}
            >
              {times.short(at, now)}
            </time>
          )}
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <span
            dir="auto"
            className={classNames(
              "min-w-0 flex-1 truncate text-left text-sm rtl:text-right",
              unread ? "text-ink" : "text-muted",
            )}
          >
            <DraftPreview head={head} open={open} />
          </span>
          <CountBadge
            count={head.unread}
            label={t("unreadCount", { count: head.unread })}
            quiet={head.muted}
          />
        </span>
      </span>
    </a>
  );
});

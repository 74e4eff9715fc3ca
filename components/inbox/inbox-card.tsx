"use client";
import { Check, Reply } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Message } from "@/lib/contract/shapes";
import { chatPath } from "../chat/chat-path";
import { ConversationAvatar } from "../chat/conversation-avatar";
import { conversationName } from "../chat/conversation-name";
import { useMe } from "../engine/engine-context";
import { useNow } from "../format/use-now";
import { useTimes } from "../format/use-times";
import { Button } from "../ui/button";
import { CountBadge } from "../ui/count-badge";
import { InboxReply } from "./inbox-reply";
import type { InboxItem } from "./inbox-state";
import type { Inbox } from "./use-inbox";

/** Drawn at first; the rest of what is there is one press away, what is not, in the conversation. */
const SHOWN_FIRST = 4;

export interface InboxCardProps {
  item: InboxItem;
  inbox: Inbox;
  onOpen: (id: string) => void;
}

/** One conversation with its unread messages. */
export function InboxCard({ item, inbox, onOpen }: InboxCardProps) {
  const t = useTranslations("inbox");
  const chat = useTranslations("chat");
  const me = useMe();
  const [all, setAll] = useState(false);
  const [replying, setReplying] = useState(false);
  const { head, messages } = item;
  const name = conversationName(head, me.id);
  const shown = all ? messages : messages.slice(0, SHOWN_FIRST);
  const hidden = head.unread - shown.length;
  return (
    <article aria-label={name} className="rounded-card bg-surface inset-ring inset-ring-line">
      <header className="flex items-center gap-3 px-4 pt-3.5">
        <ConversationAvatar head={head} size="md" />
        <a
          href={chatPath(head.id)}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(head.id);
          }}
          className="min-w-0 flex-1 truncate rounded-control text-sm font-semibold hover:underline"
        >
          <bdi>{name}</bdi>
        </a>
        <CountBadge count={head.unread} label={chat("unreadCount", { count: head.unread })} />
      </header>
      <ul className="mt-2 flex flex-col gap-1.5 ps-16 pe-4">
        {shown.map((message) => (
          <InboxMessage key={message.id} message={message} named={head.kind === "group"} />
        ))}
      </ul>
      {hidden > 0 && (
        <button
          type="button"
          className="ms-16 mt-1.5 rounded-control text-sm font-medium text-accent-ink hover:underline"
          onClick={() => (shown.length < messages.length ? setAll(true) : onOpen(head.id))}
        >
          {t("moreMessages", { count: hidden })}
        </button>
      )}
      {replying ? (
        <InboxReply
          name={name}
          onCancel={() => setReplying(false)}
          onSend={async (body, clientId) => {
            const sent = await inbox.reply(item, body, clientId);
            if (sent) inbox.markRead(item);
            return sent;
          }}
        />
      ) : (
        <footer className="flex gap-1 px-3 pt-2 pb-2 ps-13.5">
          <Button variant="ghost" size="sm" onClick={() => setReplying(true)}>
            <Reply aria-hidden="true" className="size-4 text-muted" />
            {t("reply")}
          </Button>
          <Button variant="ghost" size="sm" onClick={() => inbox.markRead(item)}>
            <Check aria-hidden="true" className="size-4 text-muted" />
            {t("markRead")}
          </Button>
        </footer>
      )}
    </article>
  );
}

function InboxMessage({ message, named }: { message: Message; named: boolean }) {
  const times = useTimes();
  const now = useNow();
  const at = new Date(message.createdAt);
  return (
    <li className="flex items-baseline gap-3">
      <p dir="auto" className="line-clamp-4 min-w-0 flex-1 text-sm whitespace-pre-wrap wrap-anywhere">
        {named && <bdi className="font-semibold">{message.sender.name} </bdi>}
        {message.body}
      </p>
      <time
        dateTime={message.createdAt}
        title={times.full(at)}
        className="shrink-0 text-xs text-faint tabular"
      >
        {times.short(at, now)}
      </time>
    </li>
  );
}

"use client";
import { ArrowLeft, Inbox } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Head } from "@/lib/contract/shapes";
import { useMe } from "../engine/engine-context";
import { IconButton } from "../ui/icon-button";
import { showList } from "./chat-navigation";
import { ConversationAvatar } from "./conversation-avatar";
import { conversationName, partnerOf } from "./conversation-name";
import { PresenceText } from "./presence-text";

export interface ConversationHeaderProps {
  head: Head;
  inboxShown: boolean;
  onToggleInbox: () => void;
}

export function ConversationHeader({ head, inboxShown, onToggleInbox }: ConversationHeaderProps) {
  const t = useTranslations("chat");
  const me = useMe();
  const partner = partnerOf(head, me.id);
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line ps-2 pe-3 md:ps-5">
      <IconButton label={t("backToList")} className="md:hidden" onClick={showList}>
        <ArrowLeft aria-hidden="true" className="size-5 rtl:rotate-180" />
      </IconButton>
      <ConversationAvatar head={head} size="md" />
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-base leading-5 font-semibold">
          <bdi>{conversationName(head, me.id)}</bdi>
        </h1>
        <p className="h-4 truncate text-xs text-muted">
          {partner
            ? partner.id !== me.id && <PresenceText userId={partner.id} />
            : t("memberCount", { count: head.memberCount })}
        </p>
      </div>
      <IconButton
        label={inboxShown ? t("hideInbox") : t("showInbox")}
        aria-pressed={inboxShown}
        className="max-xl:hidden"
        onClick={onToggleInbox}
      >
        <Inbox aria-hidden="true" className="size-4.5" />
      </IconButton>
    </header>
  );
}

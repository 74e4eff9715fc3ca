"use client";
import { MessageCircleOff } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Head } from "@/lib/contract/shapes";
import { useEngine, useMe } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Composer } from "./composer";
import { ConversationHeader } from "./conversation-header";
import { conversationName } from "./conversation-name";
import { ConversationSkeleton } from "./conversation-skeleton";
import { MessageList } from "./message-list";
import { useComposer } from "./use-composer";

export interface ConversationPaneProps {
  head: Head;
  inboxShown: boolean;
  onToggleInbox: () => void;
}

/** One open conversation. Mount it anew, by key, for another one. */
export function ConversationPane({ head, inboxShown, onToggleInbox }: ConversationPaneProps) {
  const me = useMe();
  const timeline = useEngine().timeline(head.id);
  const state = useStore(timeline);
  const composer = useComposer(head, timeline);
  const { status } = state;
  return (
    <>
      <ConversationHeader head={head} inboxShown={inboxShown} onToggleInbox={onToggleInbox} />
      {status === "loading" && <ConversationSkeleton />}
      {status === "ready" && (
        <MessageList
          head={head}
          timeline={timeline}
          state={state}
          editing={composer.editing}
          sent={composer.sent}
          onEdit={composer.edit}
        />
      )}
      {status === "error" && <LoadError onRetry={timeline.jumpToLatest} />}
      {status === "not_found" ? (
        <ConversationGone />
      ) : (
        <Composer
          ref={composer.field}
          value={composer.value}
          recipient={conversationName(head, me.id)}
          editing={composer.editing !== undefined}
          onChange={composer.change}
          onSubmit={composer.submit}
          onCancelEdit={composer.cancelEdit}
          onEditLast={composer.editLast}
        />
      )}
    </>
  );
}

function LoadError({ onRetry }: { onRetry: () => void }) {
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <EmptyState
      className="flex-1"
      title={errors("unavailable")}
      action={<Button onClick={onRetry}>{common("retry")}</Button>}
    />
  );
}

/** The conversation is not, or no longer, one of the reader's. */
export function ConversationGone() {
  const t = useTranslations("chat");
  return (
    <EmptyState
      className="flex-1"
      icon={<MessageCircleOff aria-hidden="true" />}
      title={t("conversationGone")}
      description={t("conversationGoneText")}
    />
  );
}

"use client";
import { MessagesSquare } from "lucide-react";
import { useTranslations } from "use-intl";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { EmptyState } from "../ui/empty-state";
import { Skeleton } from "../ui/skeleton";
import { ConversationGone, ConversationPane } from "./conversation-pane";
import { ConversationSkeleton } from "./conversation-skeleton";

export interface OpenConversationProps {
  openId: string | undefined;
  inboxShown: boolean;
  onToggleInbox: () => void;
}

/** The right side of the chat, whatever the address says. */
export function OpenConversation({ openId, inboxShown, onToggleInbox }: OpenConversationProps) {
  const t = useTranslations("chat");
  const { status, heads } = useStore(useEngine().conversations);
  if (openId === undefined)
    return (
      <EmptyState
        className="flex-1"
        icon={<MessagesSquare aria-hidden="true" />}
        title={t("nothingOpen")}
        description={t("nothingOpenText")}
      />
    );
  const head = heads.find((candidate) => candidate.id === openId);
  if (head)
    return (
      <ConversationPane key={head.id} head={head} inboxShown={inboxShown} onToggleInbox={onToggleInbox} />
    );
  if (status === "ready") return <ConversationGone />;
  return (
    <>
      <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-5">
        <Skeleton className="size-9 rounded-full!" />
        <Skeleton className="h-4 w-32" />
      </div>
      <ConversationSkeleton />
    </>
  );
}

"use client";
import { MessageCirclePlus } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { Virtualizer } from "virtua";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ConversationListSkeleton } from "./conversation-list-skeleton";
import { ConversationRow } from "./conversation-row";

/** All conversations, latest activity first; arrow keys move along them. */
export function ConversationList({ openId, onNew }: { openId: string | undefined; onNew: () => void }) {
  const t = useTranslations("chat");
  const { status, heads } = useStore(useEngine().conversations);
  const scroller = useRef<HTMLDivElement>(null);
  if (heads.length === 0 && status !== "ready") return <ConversationListSkeleton />;
  if (heads.length === 0)
    return (
      <EmptyState
        className="flex-1"
        icon={<MessageCirclePlus aria-hidden="true" />}
        title={t("noConversations")}
        description={t("noConversationsText")}
        action={
          <Button variant="primary" onClick={onNew}>
            {t("newConversation")}
          </Button>
        }
      />
    );
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-2">
      <Virtualizer as="ul" item="li" data={heads} itemSize={64} scrollRef={scroller}>
        {(head) => <ConversationRow key={head.id} head={head} open={head.id === openId} />}
      </Virtualizer>
    </div>
  );
}

"use client";
import { showConversation } from "../chat/chat-navigation";
import type { InboxActions } from "./inbox-types";
import { InboxView } from "./inbox-view";

/** The inbox as a panel of the chat: what one opens there appears beside it. */
export function InboxBesideChat({ actions }: { actions: InboxActions }) {
  return (
    <div className="p-3">
      <InboxView actions={actions} onOpen={showConversation} />
    </div>
  );
}

"use client";
import { showConversation } from "../chat/chat-navigation";
import { LatePart } from "../ui/late-part";
import type { InboxActions } from "./inbox-types";

const loadView = () => import("./inbox-view").then((module) => module.InboxView);

/** The inbox as a panel of the chat: what one opens there appears beside it. */
export function InboxBesideChat({ actions }: { actions: InboxActions }) {
  return (
    <div className="p-3">
      <LatePart load={loadView} props={{ actions, onOpen: showConversation }} />
    </div>
  );
}

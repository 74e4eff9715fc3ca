import type { ReactNode } from "react";
import { ChatScreen } from "@/components/chat/chat-screen";
import { InboxBesideChat } from "@/components/inbox/inbox-beside-chat";
import { currentActor } from "@/lib/auth/current-actor";
import { inboxActions } from "../inbox/inbox-actions";

/** The chat is one screen for all its addresses: the browser's engine has the data, the pages only guard the way in. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  if ((await currentActor()) === undefined) return children;
  return (
    <>
      <ChatScreen inbox={<InboxBesideChat actions={inboxActions} />} />
      {children}
    </>
  );
}

"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { classNames } from "../ui/class-names";
import { openIdIn } from "./chat-path";
import { ChatSidebar } from "./chat-sidebar";
import { InboxPanel } from "./inbox-panel";
import { OpenConversation } from "./open-conversation";

/** The chat: conversations on the left, the open one on the right; on a phone one of both. */
export function ChatScreen({ inbox }: { inbox: ReactNode }) {
  const openId = openIdIn(usePathname());
  const [inboxShown, setInboxShown] = useState(false);
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <section
        className={classNames(
          "flex min-h-0 w-full shrink-0 flex-col border-line bg-canvas md:w-75 md:border-e",
          openId !== undefined && "max-md:hidden",
        )}
      >
        <ChatSidebar openId={openId} />
      </section>
      <section
        className={classNames(
          "flex min-h-0 min-w-0 flex-1 flex-col bg-surface",
          openId === undefined && "max-md:hidden",
        )}
      >
        <OpenConversation
          openId={openId}
          inboxShown={inboxShown}
          onToggleInbox={() => setInboxShown(!inboxShown)}
        />
      </section>
      {inboxShown && <InboxPanel onClose={() => setInboxShown(false)}>{inbox}</InboxPanel>}
    </div>
  );
}

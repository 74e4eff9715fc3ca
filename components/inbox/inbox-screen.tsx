"use client";
import { useRouter } from "next/navigation";
import { chatPath } from "../chat/chat-path";
import type { InboxActions, InboxPage } from "./inbox-types";
import { InboxView } from "./inbox-view";

/** The inbox as a page of its own. */
export function InboxScreen({ actions, first }: { actions: InboxActions; first: InboxPage }) {
  const router = useRouter();
  return <InboxView actions={actions} first={first} onOpen={(id) => router.push(chatPath(id))} />;
}

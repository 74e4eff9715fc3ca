"use client";
import { useParams, usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";
import { openIdIn } from "./chat-path";

/**
 * What the address names as the open conversation. While the browser takes a page over, what the page was drawn for:
 * offline the page of the chat stands in for every conversation, and only then gives way to the one in the address.
 */
export function useOpenId(): string | undefined {
  const pathname = usePathname();
  const { conversationId } = useParams();
  return useSyncExternalStore(
    subscribeToNothing,
    () => openIdIn(pathname),
    () => (typeof conversationId === "string" ? conversationId : undefined),
  );
}

/** The router draws anew when the address changes. */
function subscribeToNothing(): () => void {
  return () => undefined;
}

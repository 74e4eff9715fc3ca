import type { Head } from "@/lib/contract/shapes";
import type { Replica } from "./replica";
import type { CachedStretch } from "./storage";

/** Messages kept of a conversation. */
const CACHED_MESSAGES = 50;

/** What is worth keeping of a conversation until the next visit: its head, and its newest messages when they are here. */
export function keepsake(
  replica: Replica | undefined,
  savedAt: number,
): { head: Head | undefined; stretch: CachedStretch | undefined } {
  const timeline = replica?.timeline;
  if (replica === undefined || timeline?.atEnd !== true)
    return { head: replica?.head.told, stretch: undefined };
  const messages = timeline.stretch.slice(-CACHED_MESSAGES);
  return {
    head: replica.head.told,
    stretch: { conversationId: replica.id, rev: replica.rev, messages, savedAt },
  };
}

import type { ConversationStore } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";
import { tellReceipt } from "./tell-members";
import type { ConversationUseCases } from "./use-cases";

/** Everything unread of the actor is read; told as if each conversation had been read by itself. */
export function createMarkAllRead(ports: {
  store: Pick<ConversationStore, "markAllRead" | "heads">;
  fanOut: Pick<FanOut, "head" | "receipt">;
}): ConversationUseCases["markAllRead"] {
  return async (actor) => {
    const moved = await ports.store.markAllRead(actor.id);
    if (moved.length === 0) return { conversations: 0 };
    for (const { conversationId, outcome } of moved) {
      tellReceipt(ports.fanOut, actor.id, conversationId, outcome);
    }
    const told = new Set(moved.map(({ conversationId }) => conversationId));
    for (const head of await ports.store.heads(actor.id)) {
      if (told.has(head.id)) ports.fanOut.head(actor.id, head);
    }
    return { conversations: moved.length };
  };
}

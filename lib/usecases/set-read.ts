import { conversationNotFound } from "@/lib/domain/homing-error";
import type { ConversationStore } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";
import type { HeadTeller } from "./tell-heads";
import { tellReceipt } from "./tell-members";
import type { ConversationUseCases } from "./use-cases";

/**
 * A member has read up to a message, or wants it and what follows unread again. Their own devices get the head, the
 * others a receipt, when anything moved.
 */
export function createSetRead(ports: {
  store: Pick<ConversationStore, "moveCursors" | "markUnread">;
  fanOut: Pick<FanOut, "receipt">;
  heads: HeadTeller;
}): ConversationUseCases["setRead"] {
  return async (actor, { conversationId, seq, unread }) => {
    const outcome =
      unread === true
        ? await ports.store.markUnread(actor.id, conversationId, seq)
        : await ports.store.moveCursors(actor.id, conversationId, { readSeq: seq });
    if (outcome === undefined) throw conversationNotFound();
    if (outcome.moved) {
      tellReceipt(ports.fanOut, actor.id, conversationId, outcome);
      await ports.heads.tell(conversationId, [actor.id]);
    }
    return { readSeq: outcome.readSeq, unread: outcome.unread ?? 0 };
  };
}

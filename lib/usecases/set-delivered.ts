import { conversationNotFound } from "@/lib/domain/homing-error";
import type { ConversationStore } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";
import { tellReceipt } from "./tell-members";
import type { ConversationUseCases } from "./use-cases";

/** A device of a member has everything up to a message; the others hear of it when that is further than before. */
export function createSetDelivered(ports: {
  store: Pick<ConversationStore, "moveCursors">;
  fanOut: Pick<FanOut, "receipt">;
}): ConversationUseCases["setDelivered"] {
  return async (actor, { conversationId, seq }) => {
    const outcome = await ports.store.moveCursors(actor.id, conversationId, { deliveredSeq: seq });
    if (outcome === undefined) throw conversationNotFound();
    if (outcome.moved) tellReceipt(ports.fanOut, actor.id, conversationId, outcome);
    return {};
  };
}

import { conversationNotFound } from "@/lib/domain/homing-error";
import type { ConversationStore } from "./ports/conversation-store";
import type { ConversationUseCases } from "./use-cases";

/** A page of messages for a member, oldest first; who joined later sees all of it. */
export function createHistory(ports: {
  store: Pick<ConversationStore, "history">;
}): ConversationUseCases["history"] {
  return async (actor, { conversationId, beforeSeq, limit }) => {
    const page = { limit, ...(beforeSeq === undefined ? {} : { beforeSeq }) };
    const found = await ports.store.history(actor.id, conversationId, page);
    if (found === undefined) throw conversationNotFound();
    return found;
  };
}

import { conversationNotFound } from "@/lib/domain/homing-error";
import type { ConversationStore } from "./ports/conversation-store";
import type { ConversationUseCases } from "./use-cases";

/** What a member missed after a revision; `reset` when they know revisions that do not exist here. */
export function createChanges(ports: {
  store: Pick<ConversationStore, "changes">;
}): ConversationUseCases["changes"] {
  return async (actor, { conversationId, afterRev, limit }) => {
    const found = await ports.store.changes(actor.id, conversationId, { afterRev, limit });
    if (found === undefined) throw conversationNotFound();
    return found;
  };
}

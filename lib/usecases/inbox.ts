import type { ConversationStore } from "./ports/conversation-store";
import type { ConversationUseCases } from "./use-cases";

const CONVERSATIONS_A_PAGE = 20;
/** Of each conversation; its head says how many there are. */
const MESSAGES_EACH = 20;

/** The actor's conversations with unread messages, latest activity first, page by page, and how many there are in all. */
export function createInbox(ports: {
  store: Pick<ConversationStore, "unread">;
}): ConversationUseCases["inbox"] {
  return (actor, { before }) =>
    ports.store.unread(actor.id, {
      limit: CONVERSATIONS_A_PAGE,
      messagesEach: MESSAGES_EACH,
      ...(before === undefined ? {} : { before }),
    });
}

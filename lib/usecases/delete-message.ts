import { type ChangeMessagePorts, changeMessage, requireSender } from "./change-message";
import type { ConversationUseCases } from "./use-cases";

/** Its sender deletes a message: a tombstone stays, the body is gone for good. Deleting it again changes nothing. */
export function createDeleteMessage(ports: ChangeMessagePorts): ConversationUseCases["deleteMessage"] {
  return async (actor, { conversationId, seq }) => {
    const message = await changeMessage(ports, actor.id, { conversationId, seq }, async (unit, current) => {
      requireSender(actor.id, current);
      return current.deletedAt === undefined ? unit.deleteMessage(seq) : "nothing";
    });
    return { message };
  };
}

import { HomingError } from "@/lib/domain/homing-error";
import { type ChangeMessagePorts, changeMessage, requireSender } from "./change-message";
import type { ConversationUseCases } from "./use-cases";

/**
 * Its sender gives a message another body. `version` is the one they saw: when it is another by now, or the message is
 * deleted, the answer is `conflict` and nothing changes. A repeat of an edit that was done answers with its result, and
 * a body that is the same leaves the message as it is.
 */
export function createEditMessage(ports: ChangeMessagePorts): ConversationUseCases["editMessage"] {
  return async (actor, { conversationId, seq, body, version }) => {
    const message = await changeMessage(ports, actor.id, { conversationId, seq }, async (unit, current) => {
      requireSender(actor.id, current);
      if (current.deletedAt !== undefined) throw new HomingError("conflict", "The message was deleted.");
      const isRepeat = current.version === version + 1 && current.body === body;
      if (current.version !== version && !isRepeat) {
        throw new HomingError("conflict", "The message was changed meanwhile.");
      }
      return current.body === body ? "nothing" : unit.editMessage(seq, body);
    });
    return { message };
  };
}

import { messageId } from "@/lib/contract/ids";
import { conversationNotFound, HomingError } from "@/lib/domain/homing-error";
import type { ConversationStore } from "./ports/conversation-store";
import type { Randomness } from "./ports/environment";
import type { FanOut } from "./ports/fan-out";
import type { AdmitSend } from "./send-rate";
import type { ConversationUseCases } from "./use-cases";

/**
 * A member sends a message. Answered after COMMIT: whatever was answered is in the history for ever. The same client
 * id again gives the same message, however it looks by now; with other content it is a `conflict`. Repeats count as sends.
 *
 * @throws HomingError `rate_limited` when `admitSend` refuses, `not_found`, `conflict`
 */
export function createSendMessage(ports: {
  store: Pick<ConversationStore, "send">;
  fanOut: Pick<FanOut, "change">;
  randomness: Randomness;
  /** Absent: sends are not counted. */
  admitSend?: AdmitSend;
}): ConversationUseCases["sendMessage"] {
  return async (actor, { conversationId, clientId, body, replyTo }) => {
    ports.admitSend?.(actor.id);
    const outcome = await ports.store.send({
      id: messageId.parse(ports.randomness.uuid()),
      conversationId,
      senderId: actor.id,
      clientId,
      body,
      ...(replyTo === undefined ? {} : { replyTo }),
    });
    switch (outcome.kind) {
      case "stored":
        ports.fanOut.change(outcome.members, outcome.change);
        return { message: outcome.message, duplicate: false };
      case "duplicate":
        return { message: outcome.message, duplicate: true };
      case "conflict":
        throw new HomingError("conflict", "The client id was used for another message.");
      case "no_such_reply":
        throw new HomingError("not_found", "There is no such message to reply to.");
      case "not_member":
        throw conversationNotFound();
    }
  };
}

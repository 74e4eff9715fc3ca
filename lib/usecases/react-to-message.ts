import { HomingError } from "@/lib/domain/homing-error";
import { withReaction } from "@/lib/domain/reactions";
import { type ChangeMessagePorts, changeMessage } from "./change-message";
import type { ConversationUseCases } from "./use-cases";

/** Different emoji on one message: more would only make it heavy for everybody. */
const MOST_EMOJI = 50;

/** A member sets or takes away one reaction of theirs. As it is already: nothing changes. */
export function createReactToMessage(ports: ChangeMessagePorts): ConversationUseCases["reactToMessage"] {
  return async (actor, { conversationId, seq, emoji, on }) => {
    if (!isVisible(emoji)) throw new HomingError("bad_request", "emoji: is not a visible text");
    const message = await changeMessage(ports, actor.id, { conversationId, seq }, async (unit, current) => {
      if (current.deletedAt !== undefined) throw new HomingError("conflict", "The message was deleted.");
      const reactions = withReaction(current.reactions, emoji, actor.id, on);
      if (reactions === current.reactions) return "nothing";
      if (reactions.length > MOST_EMOJI) {
        throw new HomingError("bad_request", `A message takes at most ${MOST_EMOJI} different emoji.`);
      }
      return unit.setReaction(seq, actor.id, emoji, on);
    });
    return { message };
  };
}

/** Whether it can be stored and seen: no control character, no lone surrogate, not only white space. */
function isVisible(emoji: string): boolean {
  return emoji.isWellFormed() && !/\p{Cc}/u.test(emoji) && emoji.trim() !== "";
}

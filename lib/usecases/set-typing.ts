import { conversationNotFound } from "@/lib/domain/homing-error";
import type { ConversationMembers } from "./ports/conversation-members";
import type { LossyFanOut } from "./ports/fan-out";
import type { PresenceUseCases } from "./use-cases";

/** Tells the other members that the actor is typing, or stopped. Nothing is stored. */
export function createSetTyping(ports: {
  members: ConversationMembers;
  fanOut: LossyFanOut;
}): PresenceUseCases["setTyping"] {
  return async (actor, { conversationId, on }) => {
    const members = await ports.members.membersFor(actor.id, conversationId);
    if (members === undefined) throw conversationNotFound();
    const others = members.filter((member) => member !== actor.id);
    ports.fanOut.typing(others, { conversationId, userId: actor.id, on });
    return {};
  };
}

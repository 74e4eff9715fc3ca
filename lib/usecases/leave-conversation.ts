import { successorOf } from "@/lib/domain/group-rules";
import { type ChangeGroupPorts, changeGroup } from "./change-group";
import type { ConversationUseCases } from "./use-cases";

/** A member leaves a group. When the owner leaves, the longest-standing admin, else member, owns it from then on. */
export function createLeaveConversation(ports: ChangeGroupPorts): ConversationUseCases["leaveConversation"] {
  return async (actor, { conversationId }) => {
    await changeGroup(ports, actor.id, conversationId, async (unit, me, members) => {
      const successor = me.role === "owner" ? successorOf(me.id, members) : undefined;
      const passed = successor === undefined ? [] : [await unit.addMember(successor.id, "owner")];
      return [...passed, await unit.removeMember(me.id)];
    });
    return {};
  };
}

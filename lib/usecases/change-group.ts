import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, Member } from "@/lib/contract/shapes";
import { conversationNotFound, HomingError } from "@/lib/domain/homing-error";
import type { ConversationStore, ConversationUnit } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";
import type { HeadTeller } from "./tell-heads";
import { tellMemberChanges } from "./tell-members";

export interface ChangeGroupPorts {
  store: Pick<ConversationStore, "change">;
  fanOut: Pick<FanOut, "change" | "gone">;
  heads: HeadTeller;
}

/**
 * Changes a group under its lock and tells everybody concerned. `work` gets the actor's membership and all members as
 * they are then, longest-standing first, and throws when it is not allowed; somebody who is no member never gets that
 * far, and a direct conversation is `forbidden`: it has no title and always the same people.
 */
export async function changeGroup(
  ports: ChangeGroupPorts,
  actor: UserId,
  conversation: ConversationId,
  work: (unit: ConversationUnit, me: Member, members: Member[]) => Promise<Change[]>,
): Promise<void> {
  const done = await ports.store.change(conversation, async (unit) => {
    const members = await unit.members();
    const me = members.find(({ id }) => id === actor);
    if (me === undefined) throw conversationNotFound();
    if (unit.kind !== "group") throw new HomingError("forbidden", "A direct conversation stays as it is.");
    return { before: members.map(({ id }) => id), changes: await work(unit, me, members) };
  });
  if (done === undefined) throw conversationNotFound();
  await tellMemberChanges(ports, conversation, done.before, done.changes);
}

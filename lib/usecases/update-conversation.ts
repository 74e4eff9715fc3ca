import type { ParsedPayload } from "@/lib/contract/client-events";
import { LIMITS } from "@/lib/contract/limits";
import type { Change, Member } from "@/lib/contract/shapes";
import { mayManage, mayRemove } from "@/lib/domain/group-rules";
import { conversationNotFound, HomingError } from "@/lib/domain/homing-error";
import { type ChangeGroupPorts, changeGroup } from "./change-group";
import { requirePeople } from "./find-people";
import type { ConversationStore, ConversationUnit } from "./ports/conversation-store";
import type { Account, PeopleStore } from "./ports/people-store";
import type { ConversationUseCases } from "./use-cases";

/**
 * Owner and admins rename a group, add people and remove some, all of it or nothing. Adding a member, removing somebody
 * who is none, and the title it has already change nothing, so that a repeat is harmless.
 */
export function createUpdateConversation(
  ports: ChangeGroupPorts & {
    store: Pick<ConversationStore, "head">;
    people: Pick<PeopleStore, "byUsernames">;
  },
): ConversationUseCases["updateConversation"] {
  return async (actor, { conversationId, title, add = [], remove = [] }) => {
    refuseBoth(add, remove);
    const newcomers = await requirePeople(ports.people, add);
    await changeGroup(ports, actor.id, conversationId, async (unit, me, members) => {
      if (!mayManage(me.role))
        throw new HomingError("forbidden", "Only owner and admins may change the group.");
      const removed = await removeMembers(unit, me, members, remove);
      const added = await addMembers(unit, members, newcomers, members.length - removed.length);
      const renamed = title === undefined || title === unit.title ? [] : [await unit.rename(title)];
      return [...removed, ...added, ...renamed];
    });
    const conversation = await ports.store.head(actor.id, conversationId);
    if (conversation === undefined) throw conversationNotFound();
    return { conversation };
  };
}

type Names = NonNullable<ParsedPayload<"conversation:update">["add"]>;

function refuseBoth(add: Names, remove: Names): void {
  const both = add.find((name) => remove.includes(name));
  if (both !== undefined) throw new HomingError("bad_request", `add, remove: both have ${both}`);
}

async function removeMembers(
  unit: ConversationUnit,
  me: Member,
  members: readonly Member[],
  usernames: Names,
): Promise<Change[]> {
  const changes: Change[] = [];
  const leaving = new Set(usernames);
  for (const member of members.filter(({ username }) => leaving.has(username))) {
    if (!mayRemove(me, member)) {
      throw new HomingError("forbidden", `You may not remove ${member.username} from the group.`);
    }
    changes.push(await unit.removeMember(member.id));
  }
  return changes;
}

async function addMembers(
  unit: ConversationUnit,
  members: readonly Member[],
  newcomers: readonly Account[],
  count: number,
): Promise<Change[]> {
  const known = new Set(members.map(({ id }) => id));
  const joining = newcomers.filter(({ id }) => !known.has(id));
  if (joining.length > 0 && count + joining.length > LIMITS.groupMembers) {
    throw new HomingError("bad_request", `add: a group has at most ${LIMITS.groupMembers} members`);
  }
  const changes: Change[] = [];
  for (const { id } of joining) changes.push(await unit.addMember(id, "member"));
  return changes;
}

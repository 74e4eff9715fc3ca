import { conversationId } from "@/lib/contract/ids";
import { conversationNotFound } from "@/lib/domain/homing-error";
import { requirePeople } from "./find-people";
import type { ConversationStore } from "./ports/conversation-store";
import type { Randomness } from "./ports/environment";
import type { PeopleStore } from "./ports/people-store";
import type { HeadTeller } from "./tell-heads";
import type { ConversationUseCases } from "./use-cases";

/**
 * The actor makes a group, owns it, and all its members are told. The same client id again gives the first group as it
 * is now, `not_found` when the actor has left it.
 */
export function createCreateConversation(ports: {
  store: Pick<ConversationStore, "createGroup" | "head">;
  people: Pick<PeopleStore, "byUsernames">;
  heads: HeadTeller;
  randomness: Randomness;
}): ConversationUseCases["createConversation"] {
  return async (actor, { clientId, title, usernames }) => {
    const members = (await requirePeople(ports.people, usernames)).map((person) => person.id);
    const { id, created } = await ports.store.createGroup({
      id: conversationId.parse(ports.randomness.uuid()),
      creator: actor.id,
      clientId,
      title,
      members,
    });
    if (created) await ports.heads.tell(id, [actor.id, ...members]);
    const conversation = await ports.store.head(actor.id, id);
    if (conversation === undefined) throw conversationNotFound();
    return { conversation };
  };
}

import { conversationId } from "@/lib/contract/ids";
import { conversationNotFound, HomingError } from "@/lib/domain/homing-error";
import type { Actor } from "./actor";
import { requirePeople } from "./find-people";
import type { ConversationStore } from "./ports/conversation-store";
import type { Randomness } from "./ports/environment";
import type { PeopleStore } from "./ports/people-store";
import type { HeadTeller } from "./tell-heads";
import type { ConversationUseCases } from "./use-cases";

/**
 * The actor makes a group, owns it, and all its members are told. The same client id again gives the first group as it
 * is now, also when somebody asked for has been disabled since; `not_found` when the actor has left it, and with another
 * title or other people `conflict`.
 */
export function createCreateConversation(ports: {
  store: Pick<ConversationStore, "createGroup" | "createdGroup" | "head">;
  people: Pick<PeopleStore, "byUsernames">;
  heads: HeadTeller;
  randomness: Randomness;
}): ConversationUseCases["createConversation"] {
  return async (actor, { clientId, title, usernames }) => {
    const request = { creator: actor.id, clientId, content: contentOf(title, actor, usernames) };
    const create = async () => {
      const members = (await requirePeople(ports.people, usernames)).map((person) => person.id);
      const id = conversationId.parse(ports.randomness.uuid());
      const outcome = await ports.store.createGroup({ ...request, id, title, members });
      if (outcome.kind === "created") await ports.heads.tell(outcome.id, [actor.id, ...members]);
      return outcome;
    };
    const outcome = (await ports.store.createdGroup(request)) ?? (await create());
    if (outcome.kind === "conflict") {
      throw new HomingError("conflict", "The client id was used for another group.");
    }
    const conversation = await ports.store.head(actor.id, outcome.id);
    if (conversation === undefined) throw conversationNotFound();
    return { conversation };
  };
}

/** The same for the same people in whatever order, with oneself among them or not. Usernames never change. */
function contentOf(title: string, actor: Actor, usernames: readonly string[]): string {
  const others = new Set(usernames);
  others.delete(actor.username);
  return JSON.stringify([title, [...others].sort()]);
}

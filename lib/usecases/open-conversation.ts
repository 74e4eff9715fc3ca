import { conversationNotFound } from "@/lib/domain/homing-error";
import { requirePerson } from "./find-people";
import type { ConversationStore } from "./ports/conversation-store";
import type { PeopleStore } from "./ports/people-store";
import type { HeadTeller } from "./tell-heads";
import type { ConversationUseCases } from "./use-cases";

/**
 * The one direct conversation of the actor and somebody else; made, and told to both, when it is missing. With oneself
 * it is a place for notes, with one member. Somebody unknown or disabled is `not_found`.
 */
export function createOpenConversation(ports: {
  store: Pick<ConversationStore, "openDirect" | "head">;
  people: Pick<PeopleStore, "byId" | "byUsername">;
  heads: HeadTeller;
}): ConversationUseCases["openConversation"] {
  return async (actor, who) => {
    const found =
      "userId" in who ? await ports.people.byId(who.userId) : await ports.people.byUsername(who.username);
    const other = requirePerson(found);
    const { id, created } = await ports.store.openDirect(actor.id, other.id);
    if (created) await ports.heads.tell(id, [actor.id, other.id]);
    const conversation = await ports.store.head(actor.id, id);
    if (conversation === undefined) throw conversationNotFound();
    return { conversation };
  };
}

import { HomingError } from "@/lib/domain/homing-error";
import type { ConversationStore } from "./ports/conversation-store";
import type { PeopleStore } from "./ports/people-store";
import type { ConversationUseCases } from "./use-cases";

/** Everything a client starts from: who it is by now and all conversations in one snapshot. */
export function createSync(ports: {
  store: Pick<ConversationStore, "epoch" | "heads">;
  people: Pick<PeopleStore, "byId">;
}): ConversationUseCases["sync"] {
  return async (actor) => {
    const [account, epoch, conversations] = await Promise.all([
      ports.people.byId(actor.id),
      ports.store.epoch(),
      ports.store.heads(actor.id),
    ]);
    if (account === undefined || account.disabledAt !== undefined) {
      throw new HomingError("unauthenticated", "The account is disabled.");
    }
    const { id, username, name, role } = account;
    return { epoch, me: { id, username, name, role }, conversations };
  };
}

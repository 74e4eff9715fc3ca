import { presenceOf } from "@/lib/domain/presence";
import type { PeopleStore } from "./ports/people-store";
import type { PresenceRegistry } from "./ports/presence-registry";
import type { PresenceUseCases } from "./use-cases";

/**
 * How these users stand now. Any signed-in user may see anybody's presence. The registry is asked last, so that what it
 * reports afterwards is newer than this answer.
 */
export function createWatchPresence(ports: {
  people: Pick<PeopleStore, "byIds">;
  registry: Pick<PresenceRegistry, "online">;
}): PresenceUseCases["watchPresence"] {
  return async (_actor, { userIds }) => {
    const users = [...new Set(userIds)];
    if (users.length === 0) return { presence: [] };
    const accounts = await ports.people.byIds(users);
    const known = new Map(accounts.map((account) => [account.id, account]));
    const online = await ports.registry.online(users);
    return { presence: users.map((user) => presenceOf(user, online.has(user), known.get(user))) };
  };
}

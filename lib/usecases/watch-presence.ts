import type { PeopleStore } from "./ports/people-store";
import type { PresenceRegistry } from "./ports/presence-registry";
import { standingOf } from "./presence-standing";
import type { PresenceUseCases } from "./use-cases";

/** How these users stand now, each once. Any signed-in user may see anybody's presence. */
export function createWatchPresence(ports: {
  people: Pick<PeopleStore, "byIds">;
  registry: Pick<PresenceRegistry, "online">;
}): PresenceUseCases["watchPresence"] {
  return async (_actor, { userIds }) => ({ presence: await standingOf(ports, [...new Set(userIds)]) });
}

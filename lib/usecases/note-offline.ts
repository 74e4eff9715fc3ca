import type { PeopleStore } from "./ports/people-store";
import type { PresenceRegistry } from "./ports/presence-registry";
import { standingOf } from "./presence-standing";
import type { PresenceUseCases } from "./use-cases";

/** Notes when they were last seen. Whoever came back meanwhile is `online` in the answer. */
export function createNoteOffline(ports: {
  people: Pick<PeopleStore, "byIds" | "touchLastSeen">;
  registry: Pick<PresenceRegistry, "online">;
}): PresenceUseCases["noteOffline"] {
  return async (users) => {
    await ports.people.touchLastSeen(users);
    return standingOf(ports, users);
  };
}

import { presenceOf } from "@/lib/domain/presence";
import type { PeopleStore } from "./ports/people-store";
import type { PresenceRegistry } from "./ports/presence-registry";
import type { PresenceUseCases } from "./use-cases";

/** Notes when somebody was last seen. Who came back meanwhile is `online` in the answer. */
export function createNoteOffline(ports: {
  people: Pick<PeopleStore, "byIds" | "touchLastSeen">;
  registry: Pick<PresenceRegistry, "online">;
}): PresenceUseCases["noteOffline"] {
  return async (user) => {
    await ports.people.touchLastSeen(user);
    const [account] = await ports.people.byIds([user]);
    const online = await ports.registry.online([user]);
    return presenceOf(user, online.has(user), account);
  };
}

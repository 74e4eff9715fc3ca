import { HomingError } from "@/lib/domain/homing-error";
import { onlineUsers } from "@/lib/domain/presence";
import type { PeopleStore } from "./ports/people-store";
import type { PresenceRegistry } from "./ports/presence-registry";
import type { PresenceUseCases } from "./use-cases";

/** Who is online, where, since when. Only for who is an enabled admin now, whatever the connection began as. */
export function createListOnline(ports: {
  people: Pick<PeopleStore, "byId" | "byIds">;
  registry: Pick<PresenceRegistry, "connections">;
}): PresenceUseCases["listOnline"] {
  return async (actor) => {
    const account = await ports.people.byId(actor.id);
    if (account?.role !== "admin" || account.disabledAt !== undefined) {
      throw new HomingError("forbidden", "Only administrators may see who is online.");
    }
    const connections = await ports.registry.connections();
    const users = [...new Set(connections.map((connection) => connection.userId))];
    const people = await ports.people.byIds(users);
    return onlineUsers(connections, new Map(people.map((person) => [person.id, person])));
  };
}

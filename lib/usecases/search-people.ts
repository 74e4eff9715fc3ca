import type { PeopleStore } from "./ports/people-store";
import type { PresenceUseCases } from "./use-cases";

/** Whom the actor can talk to: enabled accounts but their own. */
export function createSearchPeople(ports: {
  people: Pick<PeopleStore, "search">;
}): PresenceUseCases["searchPeople"] {
  return (actor, { query, after, limit }) =>
    ports.people.search({ query, limit, except: actor.id, ...(after === undefined ? {} : { after }) });
}

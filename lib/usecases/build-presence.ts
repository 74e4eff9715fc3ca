import { createListOnline } from "./list-online";
import { createNoteOffline } from "./note-offline";
import type { ConversationMembers } from "./ports/conversation-members";
import type { LossyFanOut } from "./ports/fan-out";
import type { PeopleStore } from "./ports/people-store";
import type { PresenceRegistry } from "./ports/presence-registry";
import { standingOf } from "./presence-standing";
import { createSearchPeople } from "./search-people";
import { createSetTyping } from "./set-typing";
import type { PresenceUseCases } from "./use-cases";
import { createWatchPresence } from "./watch-presence";

/** The use cases about who is there, on what they need. */
export function buildPresenceUseCases(ports: {
  people: PeopleStore;
  registry: PresenceRegistry;
  members: ConversationMembers;
  fanOut: LossyFanOut;
}): PresenceUseCases {
  return {
    watchPresence: createWatchPresence(ports),
    searchPeople: createSearchPeople(ports),
    listOnline: createListOnline(ports),
    setTyping: createSetTyping(ports),
    standingOf: (users) => standingOf(ports, users),
    noteOffline: createNoteOffline(ports),
  };
}

import type { UserId } from "@/lib/contract/ids";
import type { Head, Person } from "@/lib/contract/shapes";
import { conversationName, partnerOf } from "./conversation-name";

export type SearchOption =
  | { kind: "conversation"; id: string; head: Head }
  | { kind: "person"; id: string; person: Person };

/** Whether every word that was typed is found in the name, whatever the case and the accents. */
function matches(name: string, query: string, compare: (text: string) => string): boolean {
  const text = compare(name);
  return compare(query)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * What the list shows for what was typed: the conversations one has, then people one could begin one with. Nobody twice.
 * Without a query it is everybody one could write to.
 */
export function searchOptions(input: {
  query: string;
  heads: readonly Head[];
  people: readonly Person[];
  me: UserId;
}): SearchOption[] {
  const query = input.query.trim();
  const found =
    query === ""
      ? []
      : input.heads.filter((head) => {
          const username = partnerOf(head, input.me)?.username ?? "";
          return matches(`${conversationName(head, input.me)} ${username}`, query, plain);
        });
  const shown = new Set(found.map((head) => partnerOf(head, input.me)?.id));
  return [
    ...found.map((head) => ({ kind: "conversation" as const, id: head.id, head })),
    ...input.people
      .filter((person) => !shown.has(person.id))
      .map((person) => ({ kind: "person" as const, id: person.id, person })),
  ];
}

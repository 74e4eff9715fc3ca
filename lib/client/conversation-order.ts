import type { ConversationId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";

/**
 * The list after some of its heads changed (undefined: gone), latest activity first. Only those are moved, so that a
 * change costs no sorting of thousands.
 */
export function reorder(
  heads: readonly Head[],
  changed: ReadonlyMap<ConversationId, Head | undefined>,
): readonly Head[] {
  const rest = heads.filter(({ id }) => !changed.has(id));
  const moved = [...changed.values()].filter((head) => head !== undefined).sort(byActivity);
  const ordered: Head[] = [];
  let next = 0;
  for (const head of rest) {
    for (let other = moved[next]; other !== undefined && byActivity(other, head) < 0; other = moved[next]) {
      ordered.push(other);
      next += 1;
    }
    ordered.push(head);
  }
  return [...ordered, ...moved.slice(next)];
}

function byActivity(one: Head, other: Head): number {
  const [earlier, later] = [lastActivity(one), lastActivity(other)];
  if (earlier !== later) return earlier < later ? 1 : -1;
  return one.id > other.id ? -1 : 1;
}

/** The last message, or, where nobody said anything yet, the beginning: when the first of its members came. */
function lastActivity({ lastMessage, members }: Head): string {
  return lastMessage?.createdAt ?? members[0]?.joinedAt ?? "";
}

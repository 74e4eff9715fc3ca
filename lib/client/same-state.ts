import type { TimelineState } from "./engine";

/** Whether two states of a timeline look the same, so that nothing has to be drawn again. */
export function sameState(one: TimelineState, other: TimelineState): boolean {
  const { pending, ...rest } = one;
  const { pending: otherPending, ...otherRest } = other;
  return sameFields(rest, otherRest) && sameItems(pending, otherPending);
}

function sameFields(one: object, other: object): boolean {
  const [entries, others] = [Object.entries(one), new Map(Object.entries(other))];
  return entries.length === others.size && entries.every(([key, value]) => Object.is(value, others.get(key)));
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, n) => Object.is(item, other[n]));
}

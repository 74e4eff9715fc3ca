import type { Change } from "@/lib/contract/shapes";

/** Held back changes beyond this many are dropped: the fetch that closes the gap brings them again. */
const MOST_HELD = 1_000;

/**
 * The order of one conversation's changes: whatever comes in, in any order, how often ever, goes out once, by `rev`,
 * without gap (I6). What comes too early is held back until the missing ones arrive or are fetched.
 */
export interface ChangeSequence {
  /** The revision of the last change that went out. */
  readonly applied: number;
  /** The latest revision that was heard of. */
  readonly expected: number;
  /** Whether there are changes that have not gone out: some before them are missing. */
  readonly missing: boolean;
  /** The changes that are due now, oldest first. A change that was due before is dropped. */
  offer(change: Change): Change[];
  /** A revision up to this one exists, whoever said so. */
  expect(rev: number): void;
  /** Everything up to `rev` is known from a snapshot; gives what was held back and is due now. Never goes back. */
  jumpTo(rev: number): Change[];
  /** What is missing does not exist: whoever said so knew another state of the store. */
  forgetMissing(): void;
}

export function createChangeSequence(start: number): ChangeSequence {
  const held = new Map<number, Change>();
  let applied = start;
  let expected = start;

  const due = (): Change[] => {
    const changes: Change[] = [];
    for (let next = held.get(applied + 1); next !== undefined; next = held.get(applied + 1)) {
      held.delete(next.rev);
      applied = next.rev;
      changes.push(next);
    }
    return changes;
  };
  const expect = (rev: number) => {
    expected = Math.max(expected, rev);
  };

  return {
    get applied() {
      return applied;
    },
    get expected() {
      return expected;
    },
    get missing() {
      return expected > applied;
    },
    offer(change) {
      if (change.rev <= applied) return [];
      expect(change.rev);
      if (change.rev === applied + 1 || held.size < MOST_HELD) held.set(change.rev, change);
      return due();
    },
    expect,
    jumpTo(rev) {
      if (rev <= applied) return [];
      expect(rev);
      applied = rev;
      for (const early of [...held.keys()]) if (early <= rev) held.delete(early);
      return due();
    },
    forgetMissing() {
      held.clear();
      expected = applied;
    },
  };
}

import { type Applied, groupBy, type History } from "../history";
import type { Violation } from "../verify-history";

/** I6 and I4: each device applied 1, 2, 3 … without a gap, and all of them the same at each revision; I10: versions grow. */
export function checkApplied({ applied }: History): Violation[] {
  const orders = new Map<string, Map<number, Applied>>();
  return [...groupBy(applied, ({ device, conversation }) => `${device} ${conversation}`)].flatMap(
    ([key, changes]) => {
      const conversation = changes[0]?.conversation ?? "";
      const order = orders.get(conversation) ?? new Map<number, Applied>();
      orders.set(conversation, order);
      return [...contiguous(key, changes), ...sameOrder(key, changes, order), ...growing(key, changes)];
    },
  );
}

/** Whoever comes into a group again begins again. */
function contiguous(key: string, changes: readonly Applied[]): Violation[] {
  const hole = changes.findIndex(({ rev }, index) => rev !== 1 && rev !== (changes[index - 1]?.rev ?? 0) + 1);
  if (hole < 0) return [];
  const before = changes[hole - 1]?.rev ?? 0;
  return [{ invariant: "I6", detail: `${key} applied ${changes[hole]?.rev} after ${before}` }];
}

function sameOrder(key: string, changes: readonly Applied[], order: Map<number, Applied>): Violation[] {
  for (const change of changes) {
    const known = order.get(change.rev);
    if (known === undefined) order.set(change.rev, change);
    else if (known.type !== change.type || known.seq !== change.seq) {
      return [
        { invariant: "I4", detail: `${key} has another change at rev ${change.rev} than ${known.device}` },
      ];
    }
  }
  return [];
}

function growing(key: string, changes: readonly Applied[]): Violation[] {
  const known = new Map<number, Applied>();
  for (const change of changes) {
    if (change.seq === undefined || change.version === undefined) continue;
    const before = known.get(change.seq);
    if (
      before !== undefined &&
      (change.version < (before.version ?? 0) || (before.deleted && !change.deleted))
    ) {
      return [{ invariant: "I10", detail: `${key}: message ${change.seq} went back at rev ${change.rev}` }];
    }
    known.set(change.seq, change);
  }
  return [];
}

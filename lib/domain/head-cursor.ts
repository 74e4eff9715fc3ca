import type { UserId } from "@/lib/contract/ids";
import type { Change, Head, Receipt } from "@/lib/contract/shapes";
import { applyChangeToHead } from "./apply-change";
import { countOfOthers, type Stretch } from "./timeline";

/**
 * The head once everything up to `seq` is read. `unread` is exact where `stretch` holds what it needs to count, and
 * never too small where it does not: the server's next head puts it right.
 */
export function readUpTo(head: Head, seq: number, stretch: Stretch, me: UserId): Head {
  const readSeq = Math.min(seq, head.lastSeq);
  if (readSeq <= head.readSeq) return head;
  return { ...head, readSeq, unread: unreadAfter(head, readSeq, stretch, me) };
}

function unreadAfter(head: Head, readSeq: number, stretch: Stretch, me: UserId): number {
  const left = countOfOthers(stretch, me, readSeq, head.lastSeq);
  if (left !== undefined) return left;
  const read = countOfOthers(stretch, me, head.readSeq, readSeq) ?? 0;
  return Math.max(0, Math.min(head.unread - read, head.lastSeq - readSeq));
}

/** Receipts overtake each other on their way, and nobody unreads for the ticks of others: they only move forward. */
export function applyReceipt(head: Head, receipt: Receipt): Head {
  const known = head.receipts.find(({ userId }) => userId === receipt.userId);
  if (known === undefined) return head;
  const deliveredSeq = Math.max(known.deliveredSeq, receipt.deliveredSeq);
  const readSeq = Math.max(known.readSeq, receipt.readSeq);
  if (deliveredSeq === known.deliveredSeq && readSeq === known.readSeq) return head;
  const moved = { ...known, deliveredSeq, readSeq };
  return { ...head, receipts: head.receipts.map((other) => (other === known ? moved : other)) };
}

/**
 * A head that was overtaken on its way by changes which are applied already, brought up to `lastRev`; undefined when
 * `recent`, in the order of `rev`, does not hold all of them.
 */
export function catchUp(
  head: Head,
  recent: readonly Change[],
  lastRev: number,
  me: UserId,
): Head | undefined {
  const later = recent.filter(({ rev }) => rev > head.lastRev && rev <= lastRev);
  if (later.length !== lastRev - head.lastRev) return undefined;
  return later.reduce((known, change) => applyChangeToHead(known, change, me), head);
}

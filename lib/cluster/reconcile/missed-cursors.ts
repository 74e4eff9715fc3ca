import type { UserId } from "@/lib/contract/ids";
import type { MovedCursor } from "@/lib/usecases/ports/recent-changes";
import type { ToldCursors } from "./told-cursors";

/** A cursor that stands elsewhere than some of the devices here were told. */
export interface MissedCursor {
  readonly cursor: MovedCursor;
  /** Whether the member's own devices are among them. */
  readonly own: boolean;
  /** Whether those of the other members are. */
  readonly others: boolean;
}

/**
 * Finds, round by round, the cursors that moved and of which this node was not told, or was told an older state last,
 * since hints of different nodes came out of order. What one round sees has until the next to come.
 */
export class MissedCursors {
  readonly #told: ToldCursors;
  readonly #isHere: (user: UserId) => boolean;
  #expected = new Map<string, MovedCursor>();

  constructor(told: ToldCursors, isHere: (user: UserId) => boolean) {
    this.#told = told;
    this.#isHere = isHere;
  }

  /** @param moved the cursors that moved lately, as they are now. */
  round(moved: readonly MovedCursor[]): MissedCursor[] {
    const behind = moved.map((cursor) => this.#look(cursor)).filter(({ own, others }) => own || others);
    const missed = behind.filter(({ cursor }) => {
      const before = this.#expected.get(keyOf(cursor));
      return before !== undefined && (isSame(before, cursor) || !this.#isReached(before));
    });
    this.#expected = new Map(behind.map(({ cursor }) => [keyOf(cursor), cursor]));
    return missed;
  }

  #look(cursor: MovedCursor): MissedCursor {
    const { userId, conversationId, readSeq, hasRead, hasReceipts } = cursor;
    const receipt = this.#told.receipt(userId, conversationId);
    return {
      cursor,
      own: hasRead && this.#isHere(userId) && this.#told.own(userId, conversationId) !== readSeq,
      others: hasReceipts && (receipt === undefined || !isSame(receipt, cursor)),
    };
  }

  /** Whether what was told is as far at least: where cursors move all the time, it is never just where they stand. */
  #isReached(cursor: MovedCursor): boolean {
    const { userId, conversationId, readSeq, deliveredSeq, hasRead, hasReceipts } = cursor;
    const own = this.#told.own(userId, conversationId) ?? -1;
    if (hasRead && this.#isHere(userId) && own < readSeq) return false;
    if (!hasReceipts) return true;
    const receipt = this.#told.receipt(userId, conversationId);
    return receipt !== undefined && receipt.readSeq >= readSeq && receipt.deliveredSeq >= deliveredSeq;
  }
}

type Cursors = Pick<MovedCursor, "readSeq" | "deliveredSeq">;

const isSame = (one: Cursors, other: Cursors) =>
  one.readSeq === other.readSeq && one.deliveredSeq === other.deliveredSeq;

const keyOf = ({ userId, conversationId }: MovedCursor) => `${userId} ${conversationId}`;

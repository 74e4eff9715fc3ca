import type { ReceivedReceipt } from "./received-hint";
import { RecentMap } from "./recent-map";

/**
 * Where the devices on this node were last told that cursors stand: members their own, with a head, the others that of a
 * member, with a receipt. The last word counts, not the furthest: nodes do not tell in one order.
 */
export class ToldCursors {
  readonly #own: RecentMap<number>;
  readonly #receipts: RecentMap<ReceivedReceipt>;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#own = new RecentMap(now);
    this.#receipts = new RecentMap(now);
  }

  noteOwn(user: string, conversation: string, readSeq: number): void {
    this.#own.set(keyOf(user, conversation), readSeq);
  }

  noteReceipt(receipt: ReceivedReceipt): void {
    this.#receipts.set(keyOf(receipt.userId, receipt.conversationId), receipt);
  }

  own(user: string, conversation: string): number | undefined {
    return this.#own.get(keyOf(user, conversation));
  }

  receipt(user: string, conversation: string): ReceivedReceipt | undefined {
    return this.#receipts.get(keyOf(user, conversation));
  }
}

const keyOf = (user: string, conversation: string) => `${user} ${conversation}`;

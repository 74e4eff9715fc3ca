import type { Change } from "@/lib/contract/shapes";
import { type MessageView, viewOf } from "./history";

/**
 * What a device knows of one conversation, made of its changes from the first on, in the order of `rev` and without gap.
 * Written against the contract alone: the product's own client is not asked how it does this.
 */
export class ConversationView {
  readonly id: string;
  readonly #me: string;
  readonly #keepsOrder: boolean;
  readonly #held = new Map<number, Change>();
  readonly #messages = new Map<number, MessageView>();
  #rev = 0;
  #expected = 0;
  /** As the last head said. */
  readSeq = 0;

  /** `keepsOrder: false` is a client that takes changes as they come: the checks must find it out. */
  constructor(id: string, me: string, keepsOrder: boolean) {
    this.id = id;
    this.#me = me;
    this.#keepsOrder = keepsOrder;
  }

  get rev(): number {
    return this.#rev;
  }

  get isMissing(): boolean {
    return this.#keepsOrder && this.#expected > this.#rev;
  }

  get messages(): MessageView[] {
    return [...this.#messages.values()].sort((one, other) => one.seq - other.seq);
  }

  get unread(): number {
    return this.messages.filter(
      ({ seq, sender, deleted }) => seq > this.readSeq && sender !== this.#me && !deleted,
    ).length;
  }

  /** A revision up to this one exists. */
  expect(rev: number): void {
    this.#expected = Math.max(this.#expected, rev);
  }

  /** Gives the changes that were applied by this, oldest first. */
  offer(change: Change): Change[] {
    if (change.rev <= this.#rev) return [];
    this.expect(change.rev);
    if (!this.#keepsOrder) return [this.#apply(change)];
    this.#held.set(change.rev, change);
    const applied: Change[] = [];
    for (let next = this.#held.get(this.#rev + 1); next !== undefined; next = this.#held.get(this.#rev + 1)) {
      this.#held.delete(next.rev);
      applied.push(this.#apply(next));
    }
    return applied;
  }

  #apply(change: Change): Change {
    this.#rev = change.rev;
    if (change.message !== undefined) {
      const known = this.#messages.get(change.message.seq);
      // The state is as it is now, which may be newer than this change: never back to an older one.
      if (known === undefined || known.rev <= change.message.rev) {
        this.#messages.set(change.message.seq, viewOf(change.message));
      }
    }
    return change;
  }
}

import type { Change } from "@/lib/contract/shapes";
import { type MessageView, viewOf } from "./history";

/** A change that was taken in, and its message as the device shows it since: that may be newer than the change. */
export interface TakenIn {
  rev: number;
  type: Change["type"];
  message: MessageView | undefined;
}

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

  /** Gives what was taken in by this, oldest first. */
  offer(change: Change): TakenIn[] {
    if (change.rev <= this.#rev) return [];
    this.expect(change.rev);
    if (!this.#keepsOrder) return [this.#apply(change)];
    this.#held.set(change.rev, change);
    const applied: TakenIn[] = [];
    for (let next = this.#held.get(this.#rev + 1); next !== undefined; next = this.#held.get(this.#rev + 1)) {
      this.#held.delete(next.rev);
      applied.push(this.#apply(next));
    }
    return applied;
  }

  #apply({ rev, type, message }: Change): TakenIn {
    this.#rev = rev;
    if (message === undefined) return { rev, type, message };
    const known = this.#messages.get(message.seq);
    // A page of changes shows the state as it is now, newer than its changes: never back to an older one.
    const shown = known === undefined || known.rev <= message.rev ? viewOf(message) : known;
    this.#messages.set(message.seq, shown);
    return { rev, type, message: shown };
  }
}

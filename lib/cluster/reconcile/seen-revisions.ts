/** Notes are kept for one to two of these, in milliseconds; asked about is what changed in the last minute at most. */
const GENERATION_MS = 60_000;

/**
 * Up to which revision of each conversation this node has passed changes on to its clients. Conversations that were quiet
 * for long are forgotten, so the memory follows the activity.
 */
export class SeenRevisions {
  readonly #now: () => number;
  #young = new Map<string, number>();
  #old = new Map<string, number>();
  #since: number;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  note(conversation: string, rev: number): void {
    if (this.#now() - this.#since > GENERATION_MS) this.#age();
    if (rev > (this.#young.get(conversation) ?? -1)) this.#young.set(conversation, rev);
  }

  /** Whether this revision was passed on, or a later one: then clients find out themselves what they miss. */
  has(conversation: string, rev: number): boolean {
    return rev <= Math.max(this.#young.get(conversation) ?? -1, this.#old.get(conversation) ?? -1);
  }

  #age(): void {
    this.#since = this.#now();
    this.#old = this.#young;
    this.#young = new Map();
  }
}

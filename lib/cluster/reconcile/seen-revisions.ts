import { RecentMap } from "./recent-map";

/** Up to which revision of each conversation this node has passed changes on to its clients. */
export class SeenRevisions {
  readonly #revisions: RecentMap<number>;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#revisions = new RecentMap(now);
  }

  note(conversation: string, rev: number): void {
    if (!this.has(conversation, rev)) this.#revisions.set(conversation, rev);
  }

  /** Whether this revision was passed on, or a later one: then clients find out themselves what they miss. */
  has(conversation: string, rev: number): boolean {
    return rev <= (this.#revisions.get(conversation) ?? -1);
  }
}

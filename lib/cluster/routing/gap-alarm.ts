/**
 * Why a node may have missed something for its clients.
 *
 * - `missed`: the numbers of the entries, or what a sender says of itself, show it.
 * - `trimmed`, `stream_lost`: a stream no longer holds what was not read yet.
 * - `lease_lost`: for a while this node did not count as live: it was paused or cut off, or Redis lost all it held.
 * - `registry_lost`: rooms that are held here could not be found for a while.
 */
export type GapReason = "missed" | "trimmed" | "stream_lost" | "lease_lost" | "registry_lost";

/** Gaps that come together are told once more, this long after the first. */
const TOGETHER_MS = 1_000;

/** Tells of gaps: the first at once, those that follow within a second together at its end. */
export class GapAlarm {
  readonly #onGap: (reason: GapReason) => void;
  #timer: NodeJS.Timeout | undefined;
  #next: GapReason | undefined;
  #count = 0;

  constructor(onGap: (reason: GapReason) => void) {
    this.#onGap = onGap;
  }

  /** How many were raised. */
  get count(): number {
    return this.#count;
  }

  raise(reason: GapReason): void {
    this.#count += 1;
    if (this.#timer !== undefined) {
      this.#next = reason;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const next = this.#next;
      this.#next = undefined;
      if (next !== undefined) this.#onGap(next);
    }, TOGETHER_MS);
    this.#timer.unref();
    this.#onGap(reason);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

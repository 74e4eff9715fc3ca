/** How fast something may go on, and how much at once. */
export interface BucketRate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What sums of fractions may be off by. */
const ROUNDING = 1e-6;

/**
 * Counts how much of a rate somebody has used. It starts full and fills at `perSecond` up to `burst`. A clock that
 * steps back neither fills nor empties it.
 */
export class TokenBucket {
  readonly #rate: BucketRate;
  #tokens: number;
  #filledAt: number;

  /** Times here and below are milliseconds of any one clock. */
  constructor(rate: BucketRate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** Takes one token and returns 0, or takes none and returns the milliseconds until there is one, at least 1. */
  take(now: number): number {
    this.#fill(now);
    if (this.#tokens >= 1 - ROUNDING) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - this.#tokens) / this.#rate.perSecond) * 1_000 - ROUNDING));
  }

  /** Nothing of the burst is used up: a bucket made anew would be the same. */
  isFull(now: number): boolean {
    this.#fill(now);
    return this.#tokens >= this.#rate.burst - ROUNDING;
  }

  #fill(now: number): void {
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + (elapsed * this.#rate.perSecond) / 1_000);
  }
}

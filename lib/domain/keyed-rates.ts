import { type BucketRate, TokenBucket } from "./token-bucket";

/**
 * One rate for each of many, counted apart. Memory is bounded by who is active: keys that used up nothing are forgotten,
 * and of more than `most` those that were heard of longest ago.
 */
export class KeyedRates<Key> {
  readonly #rate: BucketRate;
  readonly #most: number;
  /** Longest ago first. */
  readonly #buckets = new Map<Key, TokenBucket>();

  constructor(rate: BucketRate, most = Number.POSITIVE_INFINITY) {
    this.#rate = rate;
    this.#most = most;
  }

  /** Counts one; returns the milliseconds to wait, or 0 when it may go on. Times are milliseconds of any one clock. */
  take(key: Key, now: number): number {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#rate, now);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const wait = bucket.take(now);
    this.#forget(now);
    return wait;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** The newest has just used something up, so this ends there at the latest. */
  #forget(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (this.#buckets.size <= this.#most && !bucket.isFull(now)) return;
      this.#buckets.delete(key);
    }
  }
}

import { addressBlock } from "./address-block";
import { type BucketRate, TokenBucket } from "./token-bucket";

const MOST_ADDRESSES = 10_000;

/**
 * How often each address does something. The neighbours of an IPv6 address count with it. Memory is bounded: addresses
 * that used up nothing are forgotten, and of too many those that were heard of longest ago.
 */
export class AddressRates {
  readonly #rate: BucketRate;
  /** Longest ago first. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rate: BucketRate) {
    this.#rate = rate;
  }

  /** Counts one; returns the milliseconds to wait, or 0 when it may go on. */
  take(address: string, now: number): number {
    const block = addressBlock(address);
    const bucket = this.#buckets.get(block) ?? new TokenBucket(this.#rate, now);
    this.#buckets.delete(block);
    this.#buckets.set(block, bucket);
    const wait = bucket.take(now);
    this.#forget(now);
    return wait;
  }

  /** For tests: how many addresses are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** The newest has just used something up, so this ends there at the latest. */
  #forget(now: number): void {
    for (const [block, bucket] of this.#buckets) {
      if (this.#buckets.size <= MOST_ADDRESSES && !bucket.isFull(now)) return;
      this.#buckets.delete(block);
    }
  }
}

import { addressBlock } from "./address-block";
import { KeyedRates } from "./keyed-rates";
import type { BucketRate } from "./token-bucket";

const MOST_ADDRESSES = 10_000;

/** How often each address does something. The neighbours of an IPv6 address count with it. Memory is bounded. */
export class AddressRates {
  readonly #blocks: KeyedRates<string>;

  constructor(rate: BucketRate) {
    this.#blocks = new KeyedRates(rate, MOST_ADDRESSES);
  }

  /** Counts one; returns the milliseconds to wait, or 0 when it may go on. */
  take(address: string, now: number): number {
    return this.#blocks.take(addressBlock(address), now);
  }

  /** For tests: how many addresses are remembered. */
  get size(): number {
    return this.#blocks.size;
  }
}

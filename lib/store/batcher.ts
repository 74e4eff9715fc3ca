import { setTimeout as pause } from "node:timers/promises";

export interface BatcherOptions<Item, Outcome> {
  /** Does the whole batch and gives one outcome an item, in their order. Rejects when none of it is known to be done. */
  run(batch: readonly Item[]): Promise<Outcome[]>;
  /** Whether one bad item may be why the batch failed: then halves are tried, until the bad one fails alone. */
  mayBeOneItem(error: unknown): boolean;
  /** What an item is told when too many wait already, or after `close`. */
  refusal(): Error;
  mostInBatch: number;
  mostWaiting: number;
  /**
   * How long a batch waits for company when much fewer wait than the last one held: those who were just answered are
   * about to send again, and a batch of one would make them wait for it.
   */
  gatherMs: number;
  /** Hears of every batch that was tried, with the milliseconds it took. */
  onBatch?: BatchObserver;
}

export type BatchObserver = (size: number, milliseconds: number) => void;

interface Entry<Item, Outcome> {
  item: Item;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/**
 * Gathers what arrives while a batch is under way into the next one; when idle an item goes out at once, alone.
 *
 * One batch at a time, first come first served: outcomes come in the order of arrival. Memory is bounded by
 * `mostWaiting`.
 */
export class Batcher<Item, Outcome> {
  readonly #options: BatcherOptions<Item, Outcome>;
  readonly #waiting: Entry<Item, Outcome>[] = [];
  #working: Promise<void> | undefined;
  #closed = false;
  #last = { size: 0, endedAt: 0 };

  constructor(options: BatcherOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** Items that wait for their batch. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when the batch that holds the item is done. */
  add(item: Item): Promise<Outcome> {
    if (this.#closed || this.#waiting.length >= this.#options.mostWaiting) {
      return Promise.reject(this.#options.refusal());
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Takes nothing more in and waits for what is under way and what waits. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    // what arrives in the same turn goes together, and `add` has returned before `run` is called
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      if (this.#expectsCompany()) await pause(this.#options.gatherMs);
      const batch = this.#waiting.splice(0, this.#options.mostInBatch);
      await this.#settle(batch);
      this.#last = { size: batch.length, endedAt: performance.now() };
    }
    this.#working = undefined;
  }

  #expectsCompany(): boolean {
    const { size, endedAt } = this.#last;
    const justEnded = performance.now() - endedAt < 2 * this.#options.gatherMs;
    return justEnded && this.#waiting.length < size / 2;
  }

  /** Never rejects: every entry hears for itself. */
  async #settle(batch: Entry<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#run(batch);
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) reject(new Error("A batch gave fewer outcomes than items."));
        else resolve(outcome);
      }
    } catch (error) {
      if (batch.length === 1 || !this.#options.mayBeOneItem(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#settle(batch.slice(0, half));
      await this.#settle(batch.slice(half));
    }
  }

  async #run(batch: readonly Entry<Item, Outcome>[]): Promise<Outcome[]> {
    const startedAt = performance.now();
    try {
      return await this.#options.run(batch.map(({ item }) => item));
    } finally {
      this.#options.onBatch?.(batch.length, performance.now() - startedAt);
    }
  }
}

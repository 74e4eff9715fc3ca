import { HomingError } from "@/lib/domain/homing-error";

/** Lets work through in order, so much at a time: a storm of it becomes a queue in front of the database. */
export class Gate {
  readonly #concurrent: number;
  readonly #longestQueue: number;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(options: { concurrent: number; longestQueue: number }) {
    this.#concurrent = options.concurrent;
    this.#longestQueue = options.longestQueue;
  }

  /** Runs `work` when it is its turn. @throws HomingError `unavailable` at once when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#concurrent) await this.#turn();
    else this.#running += 1;
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    if (this.#queue.length >= this.#longestQueue) {
      throw new HomingError("unavailable", "The server is busy.", { retryAfterMs: 2_000 });
    }
    return new Promise((resolve) => {
      this.#queue.push(resolve);
    });
  }

  /** The place passes to the next in the queue, so `running` stays as it is. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

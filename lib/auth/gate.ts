import { HomingError } from "@/lib/domain/homing-error";

const RETRY_AFTER_MS = 2_000;

/** Lets a number of works run at once and a number wait for their turn, in order; the rest is refused at once. */
export class Gate {
  readonly #parallel: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: { parallel: number; mostWaiting: number }) {
    this.#parallel = options.parallel;
    this.#mostWaiting = options.mostWaiting;
  }

  /** @throws HomingError `unavailable` when too many wait; then `work` did not begin */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#parallel) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new HomingError("unavailable", "Too many are signing in just now.", {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Hands the place over, so that nobody who comes later takes it first. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

/** What was set is kept for one to two of these, in milliseconds: longer than the reconciler asks back. */
const GENERATION_MS = 70_000;

/** Remembers the latest value of each key for more than a minute, so that its memory follows the activity. */
export class RecentMap<Value> {
  readonly #now: () => number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #since: number;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  get(key: string): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#now() - this.#since > GENERATION_MS) this.#age();
    this.#young.set(key, value);
  }

  #age(): void {
    this.#since = this.#now();
    this.#old = this.#young;
    this.#young = new Map();
  }
}

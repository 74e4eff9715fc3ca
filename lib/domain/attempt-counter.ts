export interface AttemptRule {
  /** Failures without any delay. */
  free: number;
  /** The delay doubles from one second up to this. */
  maxDelayMs: number;
  /** Attempts under way at once while there is no delay; with a delay it is one. */
  parallel: number;
}

/** Failures are forgotten when there was none for this long. */
const FORGET_AFTER_MS = 60 * 60_000;
const FIRST_DELAY_MS = 1_000;

/** The failures of one account or address. All times are milliseconds of one clock, which may be set back. */
export class AttemptCounter {
  readonly #rule: AttemptRule;
  #failures = 0;
  #failedAt = 0;
  #underWay = 0;

  constructor(rule: AttemptRule) {
    this.#rule = rule;
  }

  /** Nothing is remembered: as good as a new one. */
  isIdle(now: number): boolean {
    this.#forget(now);
    return this.#failures === 0 && this.#underWay === 0;
  }

  /** How long the next attempt has to wait; 0 when it may begin now. */
  waitMs(now: number): number {
    this.#forget(now);
    const delay = this.#delayMs();
    if (this.#underWay >= (delay === 0 ? this.#rule.parallel : 1)) return Math.max(delay, FIRST_DELAY_MS);
    return Math.max(0, delay - (now - this.#failedAt));
  }

  begin(): void {
    this.#underWay += 1;
  }

  /** An attempt that failed for reasons of ours counts for nothing. */
  end(outcome: "failed" | "succeeded" | "abandoned", now: number): void {
    this.#underWay -= 1;
    if (outcome !== "failed") return;
    this.#failures += 1;
    this.#failedAt = now;
  }

  reset(): void {
    this.#failures = 0;
  }

  #delayMs(): number {
    const beyond = this.#failures - this.#rule.free;
    return beyond <= 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (beyond - 1), this.#rule.maxDelayMs);
  }

  #forget(now: number): void {
    // A clock that was set back: the delay begins again then, and does not last until the clock has caught up.
    this.#failedAt = Math.min(this.#failedAt, now);
    if (now - this.#failedAt > FORGET_AFTER_MS) this.#failures = 0;
  }
}

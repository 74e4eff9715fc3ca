import { addressBlock } from "./address-block";
import { AttemptCounter, type AttemptRule } from "./attempt-counter";

const ACCOUNT: AttemptRule = { free: 5, maxDelayMs: 60_000, parallel: 50 };
/** An account where it has signed in before: many of its tabs and programs may come back at once. */
const KNOWN: AttemptRule = { ...ACCOUNT, parallel: 128 };
const ADDRESS: AttemptRule = { free: 20, maxDelayMs: 60_000, parallel: 128 };
const MOST_COUNTERS = 20_000;
const MOST_KNOWN = 10_000;

/** An attempt that may go on. One of its ends is called exactly once. */
export interface AllowedAttempt {
  kind: "allowed";
  failed(): void;
  succeeded(): void;
  /** It was never decided, for a reason of ours: counts for nothing. */
  abandoned(): void;
}

export type Attempt = AllowedAttempt | { kind: "wait"; retryAfterMs: number };

/**
 * Slows down guessing: after a few failures each further attempt on an account, and from an address, waits twice as long
 * as the one before, up to a minute. Nobody is ever locked out: where somebody has signed in before, an account is
 * counted by itself, so that strangers who guess at it do not keep its owner waiting.
 *
 * Memory is bounded: what was counted longest ago is forgotten first.
 */
export class SignInThrottle {
  /** Oldest first. */
  readonly #counters = new Map<string, AttemptCounter>();
  /** Pairs of account and address that have signed in, least recent first. */
  readonly #known = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins an attempt, or says how long to wait. `account` may be anything that was typed; it is cut by the caller. */
  begin(account: string, address: string): Attempt {
    const now = this.#now();
    const block = addressBlock(address);
    const pair = `pair ${account} ${block}`;
    const keys: [key: string, rule: AttemptRule][] = this.#known.has(pair)
      ? [[pair, KNOWN]]
      : [
          [`account ${account}`, ACCOUNT],
          [`address ${block}`, ADDRESS],
        ];
    // Looked at only: whoever has to wait must not fill the memory with names, nor push out what is known of others.
    const retryAfterMs = Math.max(...keys.map(([key]) => this.#counters.get(key)?.waitMs(now) ?? 0));
    if (retryAfterMs > 0) return { kind: "wait", retryAfterMs };
    const counters = keys.map(([key, rule]) => this.#counter(key, rule));
    for (const counter of counters) counter.begin();
    this.#evict(now);
    return this.#allowed(counters, pair);
  }

  /** For tests: how much is remembered. */
  get size(): { counters: number; known: number } {
    return { counters: this.#counters.size, known: this.#known.size };
  }

  #allowed(counters: AttemptCounter[], pair: string): AllowedAttempt {
    const end = (outcome: "failed" | "succeeded" | "abandoned") => {
      for (const counter of counters) counter.end(outcome, this.#now());
    };
    return {
      kind: "allowed",
      failed: () => end("failed"),
      abandoned: () => end("abandoned"),
      succeeded: () => {
        end("succeeded");
        // The account's own counter; whoever guesses from one address at many accounts may own one of them.
        counters[0]?.reset();
        this.#remember(pair);
      },
    };
  }

  #counter(key: string, rule: AttemptRule): AttemptCounter {
    const counter = this.#counters.get(key) ?? new AttemptCounter(rule);
    this.#counters.delete(key);
    this.#counters.set(key, counter);
    return counter;
  }

  /** Called when the newest counters have an attempt under way, so that these are never the ones that go. */
  #evict(now: number): void {
    for (const [key, counter] of this.#counters) {
      if (this.#counters.size <= MOST_COUNTERS && !counter.isIdle(now)) return;
      this.#counters.delete(key);
    }
  }

  #remember(pair: string): void {
    this.#known.delete(pair);
    this.#known.add(pair);
    for (const oldest of this.#known) {
      if (this.#known.size <= MOST_KNOWN) return;
      this.#known.delete(oldest);
    }
  }
}

import { setTimeout as pause } from "node:timers/promises";

export interface LoopOptions {
  /** Milliseconds from the end of one turn to the start of the next. */
  readonly every: number;
  /** The part of `every` that is random, 0 to 1, so that many nodes do not work in step. Default 0.1. */
  readonly jitter?: number;
  /** Ends the loop; the turn under way gets it too. */
  readonly signal: AbortSignal;
  /** Hears of every failed turn; the loop goes on. */
  readonly onError: (error: unknown) => void;
  /** The longest pause in milliseconds after repeated failures. Default: the greater of 30 s and `every`. */
  readonly longestPause?: number;
  /** True: the first turn starts at once, not after `every`. */
  readonly atOnce?: boolean;
  readonly random?: () => number;
}

/**
 * Repeats `work` until `signal` aborts. Turns never overlap; after a failure the pause doubles, up to `longestPause`,
 * and returns to `every` with the first success. The timer does not keep the process alive.
 *
 * @returns a promise that is fulfilled once the loop has ended, the last turn included. It never rejects.
 */
export async function startLoop(
  options: LoopOptions,
  work: (signal: AbortSignal) => Promise<void> | void,
): Promise<void> {
  const { signal, onError } = options;
  let failures = 0;
  let first = options.atOnce === true;
  while (!signal.aborted) {
    if (!first && !(await paused(pauseOf(options, failures), signal))) return;
    first = false;
    try {
      await work(signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      onError(error);
    }
  }
}

function pauseOf(options: LoopOptions, failures: number): number {
  const { every, jitter = 0.1, random = Math.random } = options;
  const longest = options.longestPause ?? Math.max(every, 30_000);
  const base = failures === 0 ? every : Math.min(longest, every * 2 ** Math.min(failures, 30));
  return base * (1 + jitter * (2 * random() - 1));
}

/** Waits; false when the signal came first. */
async function paused(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(ms, undefined, { signal, ref: false });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

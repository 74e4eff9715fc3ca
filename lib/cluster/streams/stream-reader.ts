import { setImmediate as nextTurn } from "node:timers/promises";
import type { RedisClient } from "../redis/redis-client";
import { checkPlace, type StreamGap } from "./check-place";
import { BEFORE_ALL } from "./entry-id";
import { parseRead, type StreamEntry } from "./stream-reply";

export interface StreamReaderOptions {
  /** A connection that nobody else uses. */
  readonly client: RedisClient;
  readonly key: string;
  /** The id after which to read, always a concrete one: with `$` what comes during an outage would be lost. */
  readonly after: string;
  /** The longest wait of one read, below the client's time limit. */
  readonly blockMs: number;
  /** The most entries of one read; the event loop turns between two reads. */
  readonly count: number;
  readonly signal: AbortSignal;
  /** In the order of the stream, each once. Must not throw. */
  readonly onEntries: (entries: readonly StreamEntry[]) => void;
  /** Entries were or may have been missed. Reading goes on with the oldest that is left. */
  readonly onGap: (gap: StreamGap) => void;
  /** A read failed; it is repeated after a pause, from the same place. */
  readonly onError: (error: unknown) => void;
}

/** The pauses after failures, in milliseconds: the client's own reconnecting is what takes time, not these. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Reads one stream until `signal` aborts, from a concrete place that outlives outages.
 *
 * Missed entries are noticed when they can have been missed: after a failed read, after a full one (only who lags is
 * overtaken by trimming) and whenever nothing came for `blockMs`.
 */
export class StreamReader {
  readonly #options: StreamReaderOptions;
  #offset: string;
  /** Ends with the loop. Never rejects. */
  readonly ended: Promise<void>;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
    this.#offset = options.after;
    this.ended = this.#loop();
  }

  /** The id of the last entry that was read. */
  get offset(): string {
    return this.#offset;
  }

  async #loop(): Promise<void> {
    const { signal, onError } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (failures > 0) await this.#verify();
        await this.#readOnce();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        onError(error);
        await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), signal);
      }
    }
  }

  async #readOnce(): Promise<void> {
    const { client, key, blockMs, count, signal, onEntries } = this.#options;
    const where = ["count", count, "block", blockMs, "streams", key, this.#offset];
    const entries = parseRead(await client.run("xread", ...where));
    if (signal.aborted) return;
    const last = entries.at(-1);
    const isFull = entries.length >= count;
    if (last === undefined || isFull) await this.#verify();
    if (last === undefined) return;
    this.#offset = last.id;
    onEntries(entries);
    if (isFull) await nextTurn();
  }

  /** Compares the place in the stream with what is left of it. */
  async #verify(): Promise<void> {
    const { client, key, onGap } = this.#options;
    if (this.#offset === BEFORE_ALL) return;
    const gap = await checkPlace(client, key, this.#offset);
    if (gap === undefined) return;
    if (gap === "stream_lost") this.#offset = BEFORE_ALL;
    onGap(gap);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener("abort", done);
  });
}

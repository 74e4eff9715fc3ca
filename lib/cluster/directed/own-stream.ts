import type { BlockingClient } from "../redis/connect-redis";
import type { RedisClient } from "../redis/redis-client";
import { asNumber, asText } from "../redis/reply";
import type { StreamGap } from "../streams/check-place";
import { BEFORE_ALL } from "../streams/entry-id";
import { newestIdOf } from "../streams/newest-id";
import { StreamReader } from "../streams/stream-reader";
import type { StreamEntry } from "../streams/stream-reply";
import type { StreamKeys } from "./stream-keys";

/** The stream of a node that is gone vanishes after this time without a beat. */
const LIFETIME_MS = 60_000;
const BLOCK_MS = 2_000;
const ENTRIES_A_READ = 100;

export interface OwnStreamOptions {
  readonly commands: RedisClient;
  /** Opens the connection that one reader uses. */
  readonly openReader: (blockMs: number) => BlockingClient;
  readonly keys: StreamKeys;
  readonly onEntries: (entries: readonly StreamEntry[]) => void;
  readonly onGap: (gap: StreamGap) => void;
  readonly onError: (error: unknown) => void;
}

/** The stream of what concerns this node alone: made by it, read by it, and gone with it. */
export class OwnStream {
  readonly #options: OwnStreamOptions;
  #key: string | undefined;
  #reader: StreamReader | undefined;
  #stop = new AbortController();
  #trimmedTo = BEFORE_ALL;

  constructor(options: OwnStreamOptions) {
    this.#options = options;
  }

  /** The id of the last entry that was read. */
  get offset(): string {
    return this.#reader?.offset ?? BEFORE_ALL;
  }

  /** Makes the stream of this node and reads it from its beginning; the one before is left. */
  async open(node: string): Promise<void> {
    const { openReader, keys, onEntries, onGap, onError } = this.#options;
    this.#leave();
    const key = keys.own(node);
    const after = await this.#create(key);
    this.#key = key;
    this.#trimmedTo = after;
    const stop = new AbortController();
    this.#stop = stop;
    const client = openReader(BLOCK_MS);
    stop.signal.addEventListener("abort", () => client.close());
    this.#reader = new StreamReader({
      ...{ client, key, after, onEntries, onGap, onError },
      ...{ blockMs: BLOCK_MS, count: ENTRIES_A_READ, signal: stop.signal },
    });
  }

  /** Keeps the stream alive, makes it anew when Redis lost it, and removes what has been read. */
  async refresh(): Promise<void> {
    const { commands } = this.#options;
    const key = this.#key;
    if (key === undefined) return;
    const isThere = asNumber(await commands.run("pexpire", key, LIFETIME_MS)) === 1;
    if (!isThere) await this.#create(key);
    const { offset } = this;
    if (offset === this.#trimmedTo || offset === BEFORE_ALL) return;
    // The last entry read stays: by it the reader sees that nothing was trimmed beyond its place.
    await commands.run("xtrim", key, "minid", "~", offset);
    this.#trimmedTo = offset;
  }

  async newestId(): Promise<string> {
    return this.#key === undefined ? BEFORE_ALL : await newestIdOf(this.#options.commands, this.#key);
  }

  /** Reads no more, and removes the stream. */
  async close(): Promise<void> {
    const key = this.#key;
    this.#leave();
    if (key !== undefined) await this.#options.commands.run("unlink", key);
  }

  #leave(): void {
    this.#stop.abort("leaving");
    this.#reader = undefined;
    this.#key = undefined;
  }

  /** An empty entry brings the stream into being; writers do not, so that the streams of the gone stay gone. */
  async #create(key: string): Promise<string> {
    const { commands } = this.#options;
    const id = asText(await commands.run("xadd", key, "*", "made", ""));
    await commands.run("pexpire", key, LIFETIME_MS);
    return id;
  }
}

import type { RedisClient } from "../redis/redis-client";
import type { RoutingStats } from "../routing/routing-stats";
import { SendLedger, SHARED } from "./ledger";
import type { StreamKeys } from "./stream-keys";

/** Sizes of one entry, so that a reader is not held up by one and the stream's length bounds its memory. */
const MESSAGES_AN_ENTRY = 64;
const CHARACTERS_AN_ENTRY = 64 * 1_024;

export interface StreamWriterOptions {
  readonly client: RedisClient;
  readonly keys: StreamKeys;
  /** Streams are trimmed to about so many entries. */
  readonly maxLength: number;
  readonly stats: RoutingStats;
  /** The stream of this node does not exist: it is gone or has lost its stream. */
  readonly onMissing: (node: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Writes entries to streams, numbered. What fails is counted and not tried again: the numbers tell the reader. */
export class StreamWriter {
  readonly #options: StreamWriterOptions;
  #from: string | undefined;
  #ledger = new SendLedger();

  constructor(options: StreamWriterOptions) {
    this.#options = options;
  }

  get ledger(): SendLedger {
    return this.#ledger;
  }

  /**
   * Writes texts to one stream, as few entries as fit. Fulfilled when all are written or have failed; never rejects.
   *
   * @param from this node's id; with another one than before the numbers begin anew.
   */
  async write(from: string, stream: string, texts: readonly string[]): Promise<void> {
    if (from !== this.#from) this.#ledger = new SendLedger();
    this.#from = from;
    await Promise.all(entriesOf(texts).map((entry) => this.#writeEntry(from, stream, entry)));
  }

  async #writeEntry(from: string, stream: string, texts: readonly string[]): Promise<void> {
    const { client, keys, maxLength, stats, onMissing, onError } = this.#options;
    const ledger = this.#ledger;
    const number = ledger.next(stream);
    const fields = ["from", `${from} ${number}`];
    for (const text of texts) fields.push("", text);
    const key = stream === SHARED ? keys.shared : keys.own(stream);
    // The stream of a node is made by the node alone, or the streams of the gone would come back and stay.
    const options = stream === SHARED ? [] : ["nomkstream"];
    try {
      const id = await client.run("xadd", key, ...options, "maxlen", "~", maxLength, "*", ...fields);
      if (id === null) {
        stats.publishFailures += texts.length;
        onMissing(stream);
      } else {
        stats.entriesWritten += 1;
        stats.messagesWritten += texts.length;
        for (const text of texts) stats.bytesWritten += Buffer.byteLength(text);
      }
    } catch (error) {
      stats.publishFailures += texts.length;
      onError(error);
    } finally {
      ledger.settle(stream, number);
    }
  }
}

function entriesOf(texts: readonly string[]): string[][] {
  const entries: string[][] = [];
  let current: string[] = [];
  let characters = 0;
  for (const text of texts) {
    const isFull = current.length >= MESSAGES_AN_ENTRY || characters + text.length > CHARACTERS_AN_ENTRY;
    if (current.length === 0 || isFull) {
      current = [];
      characters = 0;
      entries.push(current);
    }
    current.push(text);
    characters += text.length;
  }
  return entries;
}

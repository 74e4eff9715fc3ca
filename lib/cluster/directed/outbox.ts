import type { Located } from "../leases/locator";
import type { RoutingStats } from "../routing/routing-stats";
import type { Outgoing } from "./outgoing";
import { namesIn, route } from "./route";
import type { StreamWriter } from "./stream-writer";

/** The most messages of one batch. */
const BATCH = 512;
/** While so many writes have not been answered yet, the next batch waits and grows. */
const MOST_UNANSWERED = 8;
/** What waits for longer has been found by other means. */
const OLDEST_MS = 10_000;
/** While something waits for longer than this, what is volatile does not join it. */
const VOLATILE_PATIENCE_MS = 500;

export interface OutboxOptions {
  /** Messages that wait while Redis is away; beyond this the oldest are given up. */
  readonly maxQueued: number;
  readonly nodeId: () => string;
  readonly locator: { locate(names: readonly string[]): Promise<Located>; readonly isWhole: boolean };
  readonly writer: Pick<StreamWriter, "write" | "ledger">;
  readonly stats: RoutingStats;
  readonly onError: (error: unknown) => void;
}

/**
 * What goes out to other nodes. Nobody waits for it: a message goes at once when nothing is under way, and together with
 * all others that came meanwhile when something is, so batches grow with the load by themselves.
 *
 * Messages to one node arrive in the order in which they were pushed. Those that are given up are counted, and told to
 * the others as unrouted.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #queue: Outgoing[] = [];
  #isOpen = false;
  #running: Promise<void> | undefined;
  readonly #unanswered = new Set<Promise<void>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#queue.length;
  }

  push(message: Outgoing): void {
    const { maxQueued, stats } = this.#options;
    const oldest = this.#queue[0];
    if (message.isVolatile && oldest !== undefined && message.since - oldest.since > VOLATILE_PATIENCE_MS) {
      stats.volatileDropped += 1;
      return;
    }
    this.#queue.push(message);
    if (this.#queue.length > maxQueued) this.#giveUp(this.#queue.splice(0, Math.ceil(maxQueued / 10)).length);
    this.#start();
  }

  /** From now on messages are sent: this node has its lease. */
  open(): void {
    this.#isOpen = true;
    this.#start();
  }

  /** Fulfilled when all that waits is written or given up; nothing is sent afterwards. */
  async close(): Promise<void> {
    await this.#running;
    await Promise.all(this.#unanswered);
    this.#isOpen = false;
  }

  #start(): void {
    if (!this.#isOpen || this.#running !== undefined || this.#queue.length === 0) return;
    // Not at once: what is emitted in one go belongs into one batch.
    this.#running = Promise.resolve()
      .then(() => this.#work())
      .finally(() => {
        this.#running = undefined;
        this.#start();
      });
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#send(this.#take());
      if (this.#unanswered.size >= MOST_UNANSWERED) await Promise.race(this.#unanswered);
    }
  }

  #take(): Outgoing[] {
    const batch = this.#queue.splice(0, BATCH);
    const limit = performance.now() - OLDEST_MS;
    const young = batch.filter((message) => message.since >= limit);
    this.#giveUp(batch.length - young.length);
    return young;
  }

  /** Looks up and writes, without waiting for the writes to be answered. */
  async #send(batch: readonly Outgoing[]): Promise<void> {
    const { locator, nodeId, stats, onError } = this.#options;
    const names = namesIn(batch);
    try {
      const located =
        names.length > 0 ? await locator.locate(names) : { holders: [], isWhole: locator.isWhole };
      const self = nodeId();
      const { texts, fallbacks } = route(batch, names, located, self);
      stats.fallbacks += fallbacks;
      for (const [stream, list] of texts) this.#write(self, stream, list);
    } catch (error) {
      this.#giveUp(batch.length);
      onError(error);
    }
  }

  #write(from: string, stream: string, texts: readonly string[]): void {
    const answered: Promise<void> = this.#options.writer
      .write(from, stream, texts)
      .then(() => void this.#unanswered.delete(answered));
    this.#unanswered.add(answered);
  }

  #giveUp(messages: number): void {
    if (messages === 0) return;
    this.#options.stats.publishFailures += messages;
    this.#options.writer.ledger.addUnrouted(messages);
  }
}

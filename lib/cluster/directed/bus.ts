import { createRegister, type Register } from "../leases/register";
import { GapAlarm } from "../routing/gap-alarm";
import { emptyStats, type RoutingStats } from "../routing/routing-stats";
import { newestIdOf } from "../streams/newest-id";
import { StreamReader } from "../streams/stream-reader";
import { AccountCheck } from "./account-check";
import type { BusOptions, NamespaceReceiver } from "./bus-options";
import { Inbox } from "./inbox";
import { ReceiveLedger } from "./ledger";
import { type Account, type AdapterMessage, encodeAccount, type PacketMessage } from "./message";
import { Outbox } from "./outbox";
import type { Outgoing } from "./outgoing";
import { OwnStream } from "./own-stream";
import { streamKeys } from "./stream-keys";
import { StreamWriter } from "./stream-writer";

const BLOCK_MS = 2_000;
const ENTRIES_A_READ = 100;

/** The directed routing of one process: its streams, the registry of rooms, what goes out and what comes in. */
export class Bus {
  readonly #options: BusOptions;
  readonly #stats = emptyStats();
  readonly #receivers = new Map<string, NamespaceReceiver>();
  readonly #ledger = new ReceiveLedger();
  readonly #stop = new AbortController();
  readonly #alarm: GapAlarm;
  readonly #inbox: Inbox;
  readonly #writer: StreamWriter;
  readonly #outbox: Outbox;
  readonly #own: OwnStream;
  readonly #accounts: AccountCheck;
  readonly #register: Register;
  readonly #sharedKey: string;
  #sharedReader: StreamReader | undefined;
  #liveBefore: ReadonlySet<string> = new Set();

  constructor(options: BusOptions) {
    const { redis, membership, onError, maxLength = 4_096, maxQueued = 20_000 } = options;
    const keys = streamKeys(redis.prefix);
    const commands = redis.commands("bus");
    const stats = this.#stats;
    const nodeId = () => membership.nodeId;
    this.#options = options;
    this.#sharedKey = keys.shared;
    this.#alarm = new GapAlarm(options.onGap);
    this.#inbox = new Inbox({ ledger: this.#ledger, sink: this.#sink(), stats, onError });
    this.#own = new OwnStream({
      commands,
      keys,
      openReader: (blockMs) => redis.blocking("own-stream", blockMs),
      onEntries: (entries) => {
        this.#inbox.receiveOwn(entries);
        this.#accounts.settle();
      },
      onGap: (gap) => this.#alarm.raise(gap),
      onError,
    });
    this.#accounts = new AccountCheck({
      ledger: this.#ledger,
      newestId: () => this.#own.newestId(),
      readUpTo: () => this.#own.offset,
      onMissing: () => this.#alarm.raise("missed"),
      onError,
    });
    // Before the registry's: nobody may find this node before it has a stream.
    membership.onJoin(({ node }) => this.#begin(node));
    this.#register = createRegister({
      ...{ redis, membership, onError, name: "rooms", newEpoch: options.newEpoch },
      onRestored: () => this.#alarm.raise("registry_lost"),
    });
    this.#writer = new StreamWriter({
      ...{ client: commands, keys, maxLength, stats, onError },
      onMissing: (node) => void membership.identify([node]).catch(onError),
    });
    this.#outbox = new Outbox({
      ...{ maxQueued, nodeId, stats, onError },
      locator: this.#register.locator,
      writer: this.#writer,
    });
    membership.onSettled(({ previous }) => {
      if (previous !== undefined || this.#register.held.size > 0) this.#alarm.raise("lease_lost");
    });
    membership.onBeat(() => this.#beat());
  }

  /** The rooms that this node holds, kept announced. */
  get rooms(): Register["held"] {
    return this.#register.held;
  }

  get nodeId(): string {
    return this.#options.membership.nodeId;
  }

  /** The other live nodes. */
  get peers(): readonly string[] {
    return [...this.#options.membership.live].filter((node) => node !== this.nodeId);
  }

  attach(namespace: string, receiver: NamespaceReceiver): void {
    this.#receivers.set(namespace, receiver);
  }

  detach(namespace: string): void {
    this.#receivers.delete(namespace);
  }

  /** Sends to other nodes when it can; nobody waits for it. */
  publish(message: Outgoing): void {
    this.#outbox.push(message);
  }

  /** The other nodes that hold one of these names; all of them while the registry is not whole. */
  async holders(names: readonly string[]): Promise<readonly string[]> {
    const { holders, isWhole } = await this.#register.locator.locate(names);
    if (!isWhole) return this.peers;
    return [...new Set(holders.flat())].filter((node) => node !== this.nodeId);
  }

  /** Whether publishing reaches only whom it concerns: the registry is whole, this node has its lease. */
  get isSettled(): boolean {
    return this.#register.locator.isWhole;
  }

  stats(): RoutingStats {
    return { ...this.#stats, gaps: this.#alarm.count, queued: this.#outbox.size };
  }

  /** Sends what waits, then reads no more. The membership is its owner's to stop, afterwards. */
  async close(): Promise<void> {
    await this.#outbox.close();
    this.#stop.abort("closing");
    this.#register.stop();
    this.#alarm.stop();
    await this.#own.close();
  }

  #sink() {
    return {
      packet: (message: PacketMessage) =>
        this.#receivers.get(message.namespace)?.receivePacket(message) ?? false,
      adapterMessage: (content: AdapterMessage["content"], from: string) =>
        this.#receivers.get(content.nsp)?.receiveMessage(content, from) ?? false,
      account: (from: string, account: Account) => this.#accounts.receive(from, this.nodeId, account),
      gap: () => this.#alarm.raise("missed"),
    };
  }

  async #begin(node: string): Promise<void> {
    this.#ledger.restartOwn();
    this.#accounts.clear();
    await this.#own.open(node);
    await this.#readShared();
    this.#outbox.open();
  }

  /** From the end of the stream as of now, once; what comes during outages is read after them. */
  async #readShared(): Promise<void> {
    if (this.#sharedReader !== undefined) return;
    const { redis, onError } = this.#options;
    const after = await newestIdOf(redis.commands("bus"), this.#sharedKey);
    const client = redis.blocking("shared-stream", BLOCK_MS);
    this.#stop.signal.addEventListener("abort", () => client.close());
    this.#sharedReader = new StreamReader({
      ...{ client, key: this.#sharedKey, after, blockMs: BLOCK_MS, count: ENTRIES_A_READ },
      signal: this.#stop.signal,
      onEntries: (entries) => this.#inbox.receiveShared(entries, this.nodeId),
      onGap: (gap) => this.#alarm.raise(gap),
      onError,
    });
  }

  #beat(): void {
    const { live } = this.#options.membership;
    // Of two beats, so that one that was answered late cannot drop a node that has just come.
    const known = new Set([...live, ...this.#liveBefore]);
    this.#liveBefore = live;
    this.#ledger.keep(known);
    this.#writer.ledger.keep(known);
    for (const receiver of this.#receivers.values()) receiver.keep(known);
    this.#own.refresh().catch(this.#options.onError);
    const text = encodeAccount(this.#writer.ledger.account());
    this.publish({
      to: { kind: "everybody" },
      textFor: () => text,
      isVolatile: true,
      since: performance.now(),
    });
  }
}

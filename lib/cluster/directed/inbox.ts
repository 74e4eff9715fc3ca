import { MessageType } from "socket.io-adapter";
import type { RoutingStats } from "../routing/routing-stats";
import type { StreamEntry } from "../streams/stream-reply";
import type { Arrival, ReceiveLedger } from "./ledger";
import {
  type Account,
  type AdapterMessage,
  decodeMessage,
  type Message,
  type PacketMessage,
} from "./message";

/** Where what came goes to. */
export interface InboxSink {
  /** True when somebody here wanted it. */
  packet(message: PacketMessage): boolean;
  /** True when somebody here wanted it. */
  adapterMessage(content: AdapterMessage["content"], from: string): boolean;
  account(from: string, account: Account): void;
  /** Something before this did not come. */
  gap(): void;
}

export interface InboxOptions {
  readonly ledger: ReceiveLedger;
  readonly sink: InboxSink;
  readonly stats: RoutingStats;
  readonly onError: (error: unknown) => void;
}

const CONTROL: ReadonlySet<number> = new Set([
  MessageType.INITIAL_HEARTBEAT,
  MessageType.HEARTBEAT,
  MessageType.ADAPTER_CLOSE,
]);

/** Takes entries apart: checks their numbers, hands their messages on, counts. One bad message does not stop the rest. */
export class Inbox {
  readonly #options: InboxOptions;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  receiveOwn(entries: readonly StreamEntry[]): void {
    const { ledger } = this.#options;
    for (const entry of entries) this.#receive(entry, (from, number) => ledger.receiveOwn(from, number));
  }

  /** `self` is the node itself, which reads what it wrote as well. */
  receiveShared(entries: readonly StreamEntry[], self: string): void {
    const { ledger } = this.#options;
    for (const entry of entries) {
      this.#receive(entry, (from, number) => (from === self ? "own" : ledger.receiveShared(from, number)));
    }
  }

  #receive({ fields }: StreamEntry, check: (from: string, number: number) => Arrival | "own"): void {
    const { sink, stats, onError } = this.#options;
    // The first entry of a stream is empty: it makes the stream.
    if (fields[0] !== "from") return;
    const [from = "", number] = (fields[1] ?? "").split(" ");
    const arrival = check(from, Number(number));
    if (arrival === "repeat") {
      stats.repeats += 1;
      return;
    }
    if (arrival === "gap") sink.gap();
    const before = { read: stats.messagesRead, wanted: stats.messagesWanted };
    for (let index = 3; index < fields.length; index += 2) {
      const text = fields[index] ?? "";
      try {
        this.#dispatch(decodeMessage(text), from, text, arrival === "own");
      } catch (error) {
        onError(error);
      }
    }
    if (stats.messagesRead > before.read) stats.entriesRead += 1;
    if (stats.messagesWanted > before.wanted) stats.entriesWanted += 1;
  }

  #dispatch(message: Message, from: string, text: string, isOwn: boolean): void {
    const { stats } = this.#options;
    const isControl =
      message.kind === "account" || (message.kind === "adapter" && CONTROL.has(message.content.type));
    const isWanted = !isOwn && this.#deliver(message, from);
    if (isControl) {
      stats.control += 1;
      return;
    }
    stats.messagesRead += 1;
    stats.bytesRead += Buffer.byteLength(text);
    if (isWanted) stats.messagesWanted += 1;
  }

  #deliver(message: Message, from: string): boolean {
    const { sink } = this.#options;
    switch (message.kind) {
      case "packet":
        return sink.packet(message);
      case "adapter":
        return sink.adapterMessage(message.content, from);
      case "account":
        sink.account(from, message.account);
        return true;
    }
  }
}

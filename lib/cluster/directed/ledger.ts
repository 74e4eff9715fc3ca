import type { Account } from "./message";

/**
 * Numbers on what nodes send each other, so that whoever misses something finds out, whatever the reason: an entry that
 * failed, was trimmed, or went down with a server. Every sender numbers its entries for each stream from 1 without hole.
 * Pure.
 */

/** Stands for the stream that all nodes read. */
export const SHARED = "";

/** What this node has sent. It begins anew when the node gets another id. */
export class SendLedger {
  readonly #issued = new Map<string, number>();
  readonly #settled = new Map<string, number>();
  #unrouted = 0;

  /** The number of the next entry for a stream. */
  next(stream: string): number {
    const number = (this.#issued.get(stream) ?? 0) + 1;
    this.#issued.set(stream, number);
    return number;
  }

  /** It is known what became of this entry. */
  settle(stream: string, number: number): void {
    if (number > (this.#settled.get(stream) ?? 0)) this.#settled.set(stream, number);
  }

  /** So many messages got into no stream. */
  addUnrouted(messages: number): void {
    this.#unrouted += messages;
  }

  account(): Account {
    const sent = Object.fromEntries([...this.#settled].filter(([stream]) => stream !== SHARED));
    return { sent, unrouted: this.#unrouted };
  }

  /** Leaves out the nodes that are not live any more. */
  keep(live: ReadonlySet<string>): void {
    for (const stream of this.#issued.keys()) {
      if (stream === SHARED || live.has(stream)) continue;
      this.#issued.delete(stream);
      this.#settled.delete(stream);
    }
  }
}

/** `repeat`: it came before. `gap`: entries before it did not come. */
export type Arrival = "next" | "repeat" | "gap";

/** What this node has got from the others. */
export class ReceiveLedger {
  readonly #own = new Map<string, number>();
  readonly #shared = new Map<string, number>();
  readonly #unrouted = new Map<string, number>();

  /** An entry came on this node's own stream, whose first from any sender has the number 1. */
  receiveOwn(from: string, number: number): Arrival {
    return arrive(this.#own, from, number, this.#own.get(from) ?? 0);
  }

  /** An entry came on the shared stream, which was there before this node: it joins in at any number. */
  receiveShared(from: string, number: number): Arrival {
    return arrive(this.#shared, from, number, this.#shared.get(from) ?? number - 1);
  }

  /** Whether the sender has settled more entries for this node than came. They may still be on their way. */
  lacks(from: string, settled: number): boolean {
    return settled > (this.#own.get(from) ?? 0);
  }

  /** Takes note that nothing up to this number will come any more. */
  writeOff(from: string, settled: number): void {
    if (this.lacks(from, settled)) this.#own.set(from, settled);
  }

  /** Whether the sender has lost messages since it last said so; true means that some may have been for here. */
  noteUnrouted(from: string, unrouted: number): boolean {
    const known = this.#unrouted.get(from) ?? unrouted;
    this.#unrouted.set(from, unrouted);
    return unrouted > known;
  }

  /** This node has a new stream of its own, with numbers from 1. */
  restartOwn(): void {
    this.#own.clear();
  }

  /** Leaves out the nodes that are not live any more. */
  keep(live: ReadonlySet<string>): void {
    for (const numbers of [this.#own, this.#shared, this.#unrouted]) {
      for (const from of numbers.keys()) if (!live.has(from)) numbers.delete(from);
    }
  }
}

function arrive(numbers: Map<string, number>, from: string, number: number, last: number): Arrival {
  if (number <= last) return "repeat";
  numbers.set(from, number);
  return number === last + 1 ? "next" : "gap";
}

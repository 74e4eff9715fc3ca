import type { Adapter } from "socket.io-adapter";
import type { RoutingStats } from "./routing-stats";

/** A namespace of Socket.IO, as others see it. */
export interface AdapterNamespace {
  readonly name: string;
}

/** The same as the adapters use it; the types of Socket.IO keep these parts to itself. */
export interface LocalNamespace extends AdapterNamespace {
  readonly sockets: ReadonlyMap<string, LocalSocket>;
  readonly server: { readonly encoder: { encode(packet: Packet): unknown[] } };
}

interface LocalSocket {
  readonly client: { writeToEngine(encoded: readonly unknown[], options: WriteOptions): void };
  notifyOutgoingListeners(packet: Packet): void;
}

/** What Socket.IO passes to adapters for one emit. */
export interface Packet {
  readonly data: unknown;
  nsp?: string;
}

/** How an encoded packet is written to a socket. */
export interface WriteOptions {
  readonly preEncoded: true;
  readonly volatile?: boolean | undefined;
  readonly compress?: boolean | undefined;
  readonly wsPreEncodedFrame?: readonly Buffer[];
}

/**
 * Hears of every event that another node emitted, as it comes: its arguments, the name first, or where they have not been
 * taken apart the packet as the clients get it, and the rooms that it is for; says which of them must not get it. Must not throw and must be quick.
 */
export type EventListener = (event: unknown, rooms: readonly string[]) => readonly string[];

/** A way for what is emitted on one node to reach the sockets of the others. */
export interface Routing {
  /** For `io.adapter()`, which calls it with `new`. */
  readonly adapter: (namespace: AdapterNamespace) => Adapter;
  /** Whether what is emitted reaches exactly whom it concerns: no node is just beginning, nothing is being restored. */
  readonly isSettled: boolean;
  stats(): RoutingStats;
  /** Sends what waits, then reads no more. Close Socket.IO before. */
  close(): Promise<void>;
}

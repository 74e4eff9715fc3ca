import { type BroadcastOptions, MessageType } from "socket.io-adapter";
import type { EventListener } from "../routing/routing";
import type { RoutingStats } from "../routing/routing-stats";
import { selectSockets } from "../routing/select-sockets";
import { type StockAdapter, uidOf } from "./stock-adapter";

export interface WatchReadingOptions {
  readonly stats: RoutingStats;
  /** The id of each entry, once it is taken in. */
  readonly onRead: (id: string) => void;
  readonly onEvent: EventListener | undefined;
}

/** Counts what the stock adapter reads, and what of it somebody here wanted. */
export function watchReading(adapter: StockAdapter, { stats, onRead, onEvent }: WatchReadingOptions): void {
  const uid = uidOf(adapter);
  const receive = adapter.onRawMessage.bind(adapter);
  const takeIn: unknown = Reflect.get(adapter, "onMessage");
  if (typeof takeIn !== "function") throw new Error("the stock adapter takes messages in differently now");

  // Typed as protected: it gets every message decoded, those from publish and subscribe without an offset.
  Reflect.defineProperty(adapter, "onMessage", {
    value(message: Received, offset?: string) {
      const opts = message.data?.opts;
      const isFromStream = offset !== undefined && message.uid !== uid;
      if (isFromStream && opts !== undefined && message.type === MessageType.BROADCAST) {
        opts.except.push(...(onEvent?.(message.data?.packet?.data, opts.rooms) ?? []));
      }
      if (isFromStream && opts !== undefined && selectSockets(adapter, opts.rooms, opts.except).size > 0) {
        stats.messagesWanted += 1;
        stats.entriesWanted += 1;
      }
      Reflect.apply(takeIn, adapter, [message, offset]);
    },
  });

  adapter.onRawMessage = (message, offset) => {
    onRead(offset);
    if (message.data === undefined) {
      stats.control += 1;
      return;
    }
    const bytes = Buffer.byteLength(message.data);
    stats.entriesRead += 1;
    stats.messagesRead += 1;
    stats.bytesRead += bytes;
    if (message.uid === uid) stats.bytesWritten += bytes;
    receive(message, offset);
  };
}

interface Received {
  uid: string;
  type: MessageType;
  data?: { opts?: EncodedOptions; packet?: { data: unknown } };
}

type EncodedOptions = { rooms: string[]; except: string[]; flags: BroadcastOptions["flags"] };

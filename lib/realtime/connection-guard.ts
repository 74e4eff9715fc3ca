import type { IncomingMessage } from "node:http";
import { type BucketRate, TokenBucket } from "@/lib/domain/token-bucket";
import type { Logger } from "@/lib/ops/log";
import type { Counters } from "./counters";

/** What is used of a connection of Engine.IO, below Socket.IO: one transport session, not yet anybody's. */
export interface EngineConnection {
  readonly request: IncomingMessage;
  on(event: "packet" | "packetCreate", listener: (packet: { data?: string | Buffer }) => void): unknown;
  on(event: "flush" | "close", listener: () => void): unknown;
  /** `discard`: without sending what waits. */
  close(discard?: boolean): void;
  /** Only a WebSocket has a socket. */
  readonly transport: { readonly socket?: { terminate(): void } };
}

/** Closing a WebSocket waits 30 s for the other side to agree; who does harm is not asked. */
function terminate(connection: EngineConnection): void {
  const { socket } = connection.transport;
  connection.close(true);
  socket?.terminate();
}

/** What may wait to be sent to a client that does not read, in characters or bytes. One answer may be longer. */
const LONGEST_BACKLOG = 4 * 1024 * 1024;

interface Report {
  log: Logger;
  counters: Counters;
  address: string;
}

/** Closes a connection that sends packets, of whatever kind, far beyond what it may. */
export function closeFloods(
  connection: EngineConnection,
  rate: BucketRate,
  now: () => number,
  { log, counters, address }: Report,
): void {
  const packets = new TokenBucket(rate, now());
  let closed = false;
  connection.on("packet", () => {
    if (closed || packets.take(now()) === 0) return;
    closed = true;
    counters.floodsClosed += 1;
    log.warn({ address }, "closed a connection that floods");
    terminate(connection);
  });
}

/** Closes a connection whose client stopped reading before its backlog takes the memory; it resumes by `sync`. */
export function closeSlowConsumers(connection: EngineConnection, { log, counters, address }: Report): void {
  let backlog = 0;
  let closed = false;
  connection.on("packetCreate", (packet) => {
    if (!closed && backlog > LONGEST_BACKLOG) {
      closed = true;
      counters.slowConsumersClosed += 1;
      log.warn({ address, backlog }, "closed a connection that does not read");
      terminate(connection);
    }
    backlog += packet.data?.length ?? 0;
  });
  connection.on("flush", () => {
    backlog = 0;
  });
}

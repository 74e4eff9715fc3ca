import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Logger } from "@/lib/ops/log";
import { type Connections, guardConnections } from "./connections";
import type { Counters } from "./counters";
import { gatherPackets } from "./gather-packets";
import { gatherWrites } from "./gather-writes";
import { handshakeOrigin, type OriginCheck } from "./handshake-origin";
import type { RealtimeLimits } from "./limits";
import type { RealtimeServer } from "./socket-server";

export interface ListenOptions {
  io: RealtimeServer;
  /** Its other requests and upgrades must have their listeners already. */
  httpServer: HttpServer;
  originIsOurs: OriginCheck;
  hostIsAllowed: (host: string | undefined) => boolean;
  /** The client's address, behind proxies too. */
  addressOf: (request: IncomingMessage) => string;
  log: Logger;
  counters: Counters;
}

/**
 * Attaches Socket.IO to the HTTP server. Pages of other sites get no connection at all; an address that holds twice what
 * it may gets none either, the reason is told at the handshakes before.
 */
export function listen(
  options: ListenOptions,
  state: { limits: RealtimeLimits | undefined; now: () => number; isClosed: () => boolean },
): Connections {
  const { io, httpServer, addressOf, log, counters } = options;
  const { limits, now } = state;
  const most = limits === undefined ? Number.POSITIVE_INFINITY : 2 * limits.socketsPerAddress;

  const refusal = (request: IncomingMessage): string | undefined => {
    if (state.isClosed()) return "The server is going away.";
    if (!options.hostIsAllowed(request.headers.host)) return "Unknown host.";
    if (handshakeOrigin(request, options.originIsOurs) === "foreign") return "Foreign origin.";
    return connections.count(addressOf(request)) < most ? undefined : "Too many connections.";
  };
  httpServer.on("upgrade", (_request, connection) => gatherWrites(connection));
  io.attach(httpServer, {
    allowRequest: (request, answer) => {
      const reason = refusal(request);
      if (reason !== undefined) counters.handshakesRefused += 1;
      answer(reason, reason === undefined);
    },
  });
  io.engine.on("connection", gatherPackets);
  const connections = guardConnections({ io, addressOf, limits, log, counters, now });
  return connections;
}

import type { IncomingMessage } from "node:http";
import type { Logger } from "@/lib/ops/log";
import { closeFloods, closeSlowConsumers, type EngineConnection } from "./connection-guard";
import type { Counters } from "./counters";
import type { RealtimeLimits } from "./limits";
import type { RealtimeServer } from "./socket-server";

/** The transport connections of this node, whoever they belong to. */
export interface Connections {
  /** How many an address has open. */
  count(address: string): number;
  /** Fulfilled when there is none, now or later. */
  empty(): Promise<void>;
}

/** Watches over every connection from now on: floods and slow consumers are closed. Call when Socket.IO is attached. */
export function guardConnections(options: {
  io: RealtimeServer;
  addressOf: (request: IncomingMessage) => string;
  limits: RealtimeLimits | undefined;
  log: Logger;
  counters: Counters;
  now: () => number;
}): Connections {
  const { io, addressOf, limits, log, counters, now } = options;
  const open = new Map<string, number>();
  const waiting = new Set<() => void>();
  const count = (address: string) => open.get(address) ?? 0;

  const closed = (address: string) => {
    const left = count(address) - 1;
    if (left > 0) open.set(address, left);
    else open.delete(address);
    if (open.size > 0) return;
    for (const done of waiting) done();
    waiting.clear();
  };

  io.engine.on("connection", (connection: EngineConnection) => {
    const address = addressOf(connection.request);
    open.set(address, count(address) + 1);
    connection.on("close", () => closed(address));
    const report = { log, counters, address };
    closeSlowConsumers(connection, report);
    if (limits !== undefined) closeFloods(connection, limits.packetsOfConnection, now, report);
  });

  return {
    count,
    empty: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
  };
}

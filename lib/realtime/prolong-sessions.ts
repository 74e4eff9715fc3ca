import type { Logger } from "@/lib/ops/log";
import { startLoop } from "@/lib/ops/loop";
import type { RealtimeServer } from "./socket-server";

/** Well below the time by which a session is prolonged, also where sessions last one day only. */
const EVERY_MS = 60 * 60_000;
/** Sessions in one statement. */
const CHUNK = 5_000;

export interface ProlongSessionsOptions {
  io: RealtimeServer;
  /** Notes that these sessions are in use. */
  prolongSessions: (ids: readonly string[]) => Promise<unknown>;
  log: Logger;
  signal: AbortSignal;
  everyMs?: number;
}

/**
 * An open connection is a use of its session, also where it asks nothing over HTTP for weeks: prolongs the sessions of
 * the sockets here again and again. Fulfilled once `signal` ended it.
 */
export function startProlongingSessions(options: ProlongSessionsOptions): Promise<void> {
  const { io, prolongSessions, log, signal, everyMs = EVERY_MS } = options;
  const onError = (error: unknown) => log.warn({ err: error }, "could not prolong the sessions in use");
  return startLoop({ every: everyMs, longestPause: everyMs, signal, onError }, async () => {
    const ids = sessionsOf(io);
    for (let start = 0; start < ids.length; start += CHUNK) {
      await prolongSessions(ids.slice(start, start + CHUNK));
    }
  });
}

function sessionsOf(io: RealtimeServer): string[] {
  const ids = new Set<string>();
  for (const { data } of io.of("/").sockets.values()) {
    const { kind, id } = data.actor.credential;
    if (kind === "session") ids.add(id);
  }
  return [...ids];
}

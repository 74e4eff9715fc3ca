import type { SessionEndReason } from "@/lib/contract/server-events";
import type { Logger } from "@/lib/ops/log";
import { startLoop } from "@/lib/ops/loop";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Counters } from "./counters";
import type { RealtimeFanOut } from "./fan-out";
import type { RealtimeServer } from "./socket-server";

/** A revoked session's sockets are closed within 5 s, also when whoever revoked it could not reach this node. */
const EVERY_MS = 3_000;
/** Credentials asked about in one query. */
const CHUNK = 5_000;

type Ended = PeopleStore["ended"];

export interface CredentialSweepOptions {
  io: RealtimeServer;
  ended: Ended;
  fanOut: Pick<RealtimeFanOut, "endCredentials">;
  log: Logger;
  counters: Counters;
  signal: AbortSignal;
  everyMs?: number;
}

/**
 * Asks again and again which credentials of the sockets here have ended, and closes those sockets. While the database is
 * away nothing is closed; the next turn that succeeds catches up. Fulfilled once `signal` ended it.
 */
export function startCredentialSweep(options: CredentialSweepOptions): Promise<void> {
  const { io, ended, fanOut, log, counters, signal, everyMs = EVERY_MS } = options;
  const onError = (error: unknown) => {
    counters.sweepFailures += 1;
    log.warn({ err: error }, "could not check which sessions have ended");
  };
  return startLoop({ every: everyMs, longestPause: everyMs, signal, onError }, async () => {
    for (const chunk of credentialsOf(io)) {
      for (const [reason, ids] of byReason(await ended(chunk))) fanOut.endCredentials(ids, reason);
    }
  });
}

function credentialsOf(io: RealtimeServer): { sessions: string[]; tokens: string[] }[] {
  const kinds = new Map<string, "session" | "token">();
  for (const { data } of io.of("/").sockets.values()) {
    kinds.set(data.actor.credential.id, data.actor.credential.kind);
  }
  const all = [...kinds];
  const chunks = [];
  for (let start = 0; start < all.length; start += CHUNK) {
    const chunk = all.slice(start, start + CHUNK);
    const idsOf = (wanted: "session" | "token") =>
      chunk.flatMap(([id, kind]) => (kind === wanted ? [id] : []));
    chunks.push({ sessions: idsOf("session"), tokens: idsOf("token") });
  }
  return chunks;
}

function byReason(ends: Awaited<ReturnType<Ended>>): Map<SessionEndReason, string[]> {
  const groups = new Map<SessionEndReason, string[]>();
  for (const { id, reason } of ends) {
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, [id]);
    else group.push(id);
  }
  return groups;
}

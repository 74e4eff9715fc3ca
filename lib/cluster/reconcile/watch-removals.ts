import type { Logger } from "@/lib/ops/log";
import { startLoop } from "@/lib/ops/loop";
import type { RecentChanges } from "@/lib/usecases/ports/recent-changes";
import type { RemovedMembers } from "./removed-members";

/** Whoever was removed hears nothing more after a second: this much of it, and then what the query takes. */
const EVERY_MS = 400;
/** A transaction shows when it commits, with the time when it began. */
const OVERLAP_MS = 10_000;
const LONGEST_MS = 10 * 60_000;

/**
 * Asks the store again and again who was removed, since the bus that says so may be what is late.
 *
 * @returns a promise that is fulfilled once `signal` ended it. It never rejects.
 */
export function watchRemovals(options: {
  recent: Pick<RecentChanges, "removals">;
  removed: RemovedMembers;
  log: Logger;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  signal: AbortSignal;
}): Promise<void> {
  const { recent, removed, log, now, signal } = options;
  let askedAt = now() - LONGEST_MS;
  const onError = (error: unknown) => log.warn({ err: error }, "could not ask who was removed lately");
  const loop = { every: EVERY_MS, longestPause: 2_000, signal, onError, atOnce: true };
  return startLoop(loop, async () => {
    const startedAt = now();
    removed.take(await recent.removals(Math.min(startedAt - askedAt, LONGEST_MS) + OVERLAP_MS));
    askedAt = startedAt;
  });
}

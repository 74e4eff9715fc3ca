import type { Logger } from "@/lib/ops/log";
import { startLoop } from "@/lib/ops/loop";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";

const EVERY_MS = 60 * 60_000;
const AFTER_DAYS = 30;
/** In one statement: it must not hold up what people wait for. */
const AT_ONCE = 1_000;

/**
 * Deletes the rows of sessions that ended long ago and of which no browser has a cookie any more, so that they do not pile
 * up for ever: at once, then every hour.
 * Several nodes may do it. Fulfilled once `signal` ended it.
 */
export function startForgettingSessions(options: {
  people: Pick<PeopleStore, "forgetEndedSessions">;
  log: Logger;
  signal: AbortSignal;
  /** How long a session, and so its cookie, can last. */
  mostDays: number;
}): Promise<void> {
  const { people, log, signal, mostDays } = options;
  const onError = (error: unknown) =>
    log.warn({ err: error }, "could not delete sessions that ended long ago");
  return startLoop({ every: EVERY_MS, signal, onError, atOnce: true }, async () => {
    let deleted = AT_ONCE;
    while (deleted === AT_ONCE && !signal.aborted) {
      deleted = await people.forgetEndedSessions({ afterDays: AFTER_DAYS, mostDays, most: AT_ONCE });
    }
  });
}

import type { Logger } from "@/lib/ops/log";
import { startLoop } from "@/lib/ops/loop";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";

const EVERY_MS = 60 * 60_000;
const AFTER_DAYS = 30;
/** In one statement: it must not hold up what people wait for. */
const AT_ONCE = 1_000;

/**
 * Deletes the rows of sessions that ended long ago, so that they do not pile up for ever: at once, then every hour.
 * Several nodes may do it. Fulfilled once `signal` ended it.
 */
export function startForgettingSessions(options: {
  people: Pick<PeopleStore, "forgetEndedSessions">;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { people, log, signal } = options;
  const onError = (error: unknown) =>
    log.warn({ err: error }, "could not delete sessions that ended long ago");
  return startLoop({ every: EVERY_MS, signal, onError, atOnce: true }, async () => {
    let deleted = AT_ONCE;
    while (deleted === AT_ONCE && !signal.aborted) {
      deleted = await people.forgetEndedSessions({ afterDays: AFTER_DAYS, most: AT_ONCE });
    }
  });
}

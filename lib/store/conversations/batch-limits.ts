import { HomingError } from "@/lib/domain/homing-error";

/**
 * Of both kinds of batches. Larger ones gain nothing and make everybody in them wait longer; what waits is bounded, so
 * that an absent database does not fill the memory; a millisecond is what clients on the same machine take to send again.
 */
export const BATCH_LIMITS = { mostInBatch: 500, mostWaiting: 5_000, gatherMs: 1 };

const RETRY_AFTER_MS = 1_000;

export function overloaded(): HomingError {
  return new HomingError("unavailable", "Too much is going on right now.", { retryAfterMs: RETRY_AFTER_MS });
}

/** Somebody else holds what has to be locked, for longer than a batch can wait. */
export function locked(): HomingError {
  return new HomingError("unavailable", "The conversation is busy.", { retryAfterMs: RETRY_AFTER_MS });
}

import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import { mapRejections } from "@/lib/ops/map-rejections";

/** How long a caller waits before the same request may succeed. */
const RETRY_AFTER_MS = 1_000;

/**
 * Conditions of the server, not of the statement (PostgreSQL's appendix A): connection lost, resources or disk
 * exhausted, operator intervention and time-outs, system errors, deadlocks, and a failover's read-only replica.
 */
const SERVER_CONDITION = /^(08|53|57|58)|^(40001|40P01|55P03|25006)$/;
const NETWORK_CONDITION = /^(E[A-Z_]+)$/;
/** pg tells these by their words alone. */
const CLIENT_CONDITION =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after)/;

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return SERVER_CONDITION.test(code) || NETWORK_CONDITION.test(code) || CLIENT_CONDITION.test(error.message);
}

/** What a store throws for an error of its engine: `unavailable` when the server cannot answer now, else the error itself. */
export function toStoreError(error: unknown): unknown {
  if (isHomingError(error) || !isUnavailable(error)) return error;
  return new HomingError("unavailable", "The database does not answer.", {
    retryAfterMs: RETRY_AFTER_MS,
    cause: error,
  });
}

/** The same store, whose methods reject as {@link toStoreError} says. */
export function withStoreErrors<T extends object>(store: T): T {
  return mapRejections(store, toStoreError);
}

import type { ErrorCode } from "./errors";

/** Whether the same request, with the same ids, may be tried again: nothing was accepted, or its fate is unknown. */
export function isRetryable(code: ErrorCode): boolean {
  return code === "rate_limited" || code === "unavailable";
}

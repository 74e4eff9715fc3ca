import type { ErrorCode } from "@/lib/contract/errors";

/** What the form shows after an attempt; `username` stays in its field. */
export type SignInState = { username: string } & (
  | { kind: "fresh" | "refused" | "disabled" }
  | { kind: "throttled"; retryAfterMs: number }
  | { kind: "failed"; code: ErrorCode }
);

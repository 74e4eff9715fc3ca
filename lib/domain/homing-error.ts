import type { ErrorBody, ErrorCode } from "@/lib/contract/errors";

/** Pages and the server are bundled apart, so a class exists twice in one process: this mark, not `instanceof`, tells. */
const MARK = Symbol.for("homing.error");

/** The one error that use cases throw. Its message is for the caller and holds nothing of anybody else's. */
export class HomingError extends Error {
  readonly [MARK] = true;
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options?: { retryAfterMs?: number; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = "HomingError";
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }

  /** What the other side is told. */
  toBody(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message };
    if (this.retryAfterMs !== undefined) body.retryAfterMs = this.retryAfterMs;
    return body;
  }
}

export function isHomingError(error: unknown): error is HomingError {
  return typeof error === "object" && error !== null && MARK in error;
}

/** Whether what was asked may succeed later, because something that it needs is away now. */
export function isUnavailable(error: unknown): boolean {
  return isHomingError(error) && error.code === "unavailable";
}

/** Another's conversation answers exactly like one that does not exist. */
export function conversationNotFound(): HomingError {
  return new HomingError("not_found", "There is no such conversation.");
}

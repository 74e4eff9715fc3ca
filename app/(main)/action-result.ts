import type { ErrorCode } from "@/lib/contract/errors";
import type { FieldProblems } from "@/lib/domain/field-error";

/** What a server action answers: done, or what a page can say about why not. */
export type ActionResult<T = object> =
  | ({ ok: true } & T)
  | { ok: false; problems: FieldProblems }
  | { ok: false; code: ErrorCode; retryAfterMs?: number };

import type { ErrorCode } from "@/lib/contract/errors";
import { isHomingError } from "@/lib/domain/homing-error";
import { getRuntime } from "@/lib/runtime";

/** What a form shows of an error: its code; one that nobody foresaw is reported and shown as `unavailable`. */
export function failureCode(error: unknown, where: string): ErrorCode {
  if (isHomingError(error)) return error.code;
  getRuntime().reportError(error, { where });
  return "unavailable";
}

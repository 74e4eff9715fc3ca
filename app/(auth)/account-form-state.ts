import type { ErrorCode } from "@/lib/contract/errors";
import type { FieldProblems } from "@/lib/domain/field-error";

/** What the form of a new account shows after an attempt; what was typed stays, but for the password. */
export interface AccountFormState {
  username: string;
  name: string;
  problems?: FieldProblems;
  /** What is wrong beyond the fields; `not_found` when the link is not valid any more. */
  code?: ErrorCode;
}

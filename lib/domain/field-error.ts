import { HomingError } from "./homing-error";

/** What may be wrong with a field; the pages have words for each. */
export type FieldProblem =
  | "required"
  | "invalid"
  | "too_short"
  | "too_long"
  | "too_common"
  | "too_similar"
  | "taken"
  | "wrong";

/** By the name of the field. */
export type FieldProblems = Readonly<Record<string, FieldProblem>>;

/** See `HomingError`: the class exists twice in one process. */
const MARK = Symbol.for("homing.field-error");

const WORDS: Record<FieldProblem, string> = {
  required: "is missing",
  invalid: "is not allowed",
  too_short: "is too short",
  too_long: "is too long",
  too_common: "is one of the first that are guessed",
  too_similar: "is too similar to the name",
  taken: "is taken",
  wrong: "is wrong",
};

/** Input that is refused, with what is wrong with each field: `conflict` when a name is taken, else `bad_request`. */
export class FieldError extends HomingError {
  readonly [MARK] = true;
  readonly problems: FieldProblems;

  constructor(problems: FieldProblems) {
    const entries = Object.entries(problems);
    const code = entries.some(([, problem]) => problem === "taken") ? "conflict" : "bad_request";
    super(code, entries.map(([field, problem]) => `${field} ${WORDS[problem]}`).join("; "));
    this.problems = problems;
  }
}

export function isFieldError(error: unknown): error is FieldError {
  return typeof error === "object" && error !== null && MARK in error;
}

import type { z } from "zod";
import { LIMITS } from "@/lib/contract/limits";
import { HomingError } from "@/lib/domain/homing-error";

type Issue = z.core.$ZodIssue;

/**
 * What a client sent, as the schema has it.
 *
 * @throws HomingError `too_large` for a body that is too long, else `bad_request`; the message names the field and
 * quotes nothing of its value.
 */
export function parsePayload<T>(schema: z.ZodType<T>, payload: unknown): T {
  if (!isPlainObject(payload)) throw new HomingError("bad_request", "The payload must be one object.");
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw refusal(parsed.error.issues, payload);
}

/** An object of JSON: no list, no buffer, nothing with a class. A key `__proto__` is a key like any other. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refusal(issues: readonly Issue[], payload: object): HomingError {
  const tooLarge = issues.find((issue) => issue.code === "too_big" && issue.path.at(-1) === "body");
  if (tooLarge !== undefined) {
    return new HomingError(
      "too_large",
      `body: has more than ${LIMITS.bodyCharacters.toLocaleString("en")} characters`,
    );
  }
  const [first] = issues;
  return new HomingError(
    "bad_request",
    first === undefined ? "The payload is wrong." : describe(first, payload),
  );
}

function describe(issue: Issue, payload: object): string {
  if (issue.code !== "invalid_union") return `${issue.path.join(".")}: ${issue.message}`;
  const meant = issue.errors.find((issues) =>
    issues.every(({ path: [field] }) => typeof field === "string" && Object.hasOwn(payload, field)),
  );
  const [first] = meant ?? [];
  if (first !== undefined) return describe(first, payload);
  const fields = new Set(issue.errors.flatMap((issues) => issues.map(({ path }) => String(path[0]))));
  return `${[...fields].join(" or ")}: is missing`;
}

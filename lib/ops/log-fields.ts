/** What a log entry may hold: see the promise at `createLogger`. Pure. */

const SECRET_NAME =
  /^(?:.*password.*|.*passwd.*|.*secret.*|.*token|.*authorization|cookies?|set-?cookie|totp|api-?key|body|content|credentials?)$/i;
const DEEPEST = 6;
const LONGEST_LIST = 100;
const LONGEST_TEXT = 4_000;

// Controls (C0 and C1), the separators that some viewers take for line ends, and the marks that reorder text.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

/**
 * Everything that could forge, hide or reorder lines as `\uXXXX`. On a line of JSON that changes the notation and not
 * the value.
 */
export function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The fields of an entry, secrets left out at any depth, very long texts and lists cut. */
export function cleanFields(fields: object): Record<string, unknown> {
  return cleanRecord(fields, 0);
}

function cleanRecord(record: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(record).map(([name, value]): [string, unknown] => [
    name,
    SECRET_NAME.test(name) && value !== undefined ? "[redacted]" : cleanValue(value, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cut(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return describeError(value);
  return depth >= DEEPEST ? "[deeper]" : cleanObject(value, depth);
}

function cleanObject(value: object, depth: number): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value))
    return value.slice(0, LONGEST_LIST).map((item: unknown) => cleanValue(item, depth + 1));
  return cleanRecord(value, depth);
}

/**
 * An error as fields. Only these: what drivers hang onto errors (the rows of a failed statement, the answer of a server)
 * may hold message bodies.
 */
function describeError(error: Error, depth = 0): Record<string, unknown> {
  return {
    type: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    message: cut(error.message),
    ...(error.stack === undefined ? {} : { stack: cut(error.stack) }),
    ...(error.cause instanceof Error && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Redis answered with something else than the command promises. */
export class UnexpectedReplyError extends Error {
  constructor(expected: string, reply: unknown) {
    super(`Redis answered ${reply === null ? "nothing" : typeof reply} where ${expected} was expected`);
    this.name = "UnexpectedReplyError";
  }
}

export function asList(reply: unknown): readonly unknown[] {
  if (!Array.isArray(reply)) throw new UnexpectedReplyError("a list", reply);
  return reply;
}

export function asText(reply: unknown): string {
  if (typeof reply !== "string") throw new UnexpectedReplyError("a text", reply);
  return reply;
}

export function asTexts(reply: unknown): string[] {
  return asList(reply).map(asText);
}

/** A number, also one that came as text. */
export function asNumber(reply: unknown): number {
  const value = typeof reply === "string" && reply !== "" ? Number(reply) : reply;
  if (typeof value !== "number" || Number.isNaN(value)) throw new UnexpectedReplyError("a number", reply);
  return value;
}

/** Text or nothing, as `GET` and the fields of `HMGET` answer. */
export function asOptionalText(reply: unknown): string | undefined {
  return reply === null ? undefined : asText(reply);
}

/** What `HGETALL` answers: ioredis makes an object of it. */
export function asFields(reply: unknown): [name: string, value: string][] {
  if (typeof reply !== "object" || reply === null) throw new UnexpectedReplyError("fields", reply);
  return Object.entries(reply).map(([name, value]) => [name, asText(value)]);
}

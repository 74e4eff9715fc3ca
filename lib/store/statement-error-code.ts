/** The server ended the connection: its last words may be the answer to a statement that it never read. */
const ENDED = /^57P0[125]$/;
/** PostgreSQL's own codes: whatever carries none came from the connection. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** PostgreSQL's code of what is wrong with a statement; undefined when the error is about the connection instead. */
export function statementErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return SQLSTATE.test(error.code) && !ENDED.test(error.code) ? error.code : undefined;
}

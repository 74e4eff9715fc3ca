/** For operators: the database that DATABASE_URL names cannot be used, and why. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";

  constructor(cause: Error) {
    // pg gives an empty message when every address of a host was tried
    const why = cause.message || ("code" in cause ? String(cause.code) : "no answer");
    super(
      `The database of DATABASE_URL cannot be used: ${why}. Check that it runs, and the address, name and password.`,
      {
        cause,
      },
    );
  }
}

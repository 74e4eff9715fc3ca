export type EmbeddedErrorCode =
  /** There is no PostgreSQL for this kind of machine, or its package is not installed. */
  | "unsupported"
  /** The folder was made by another major version of PostgreSQL. */
  | "other_version"
  /** The folder exists and is not a PostgreSQL data folder. */
  | "not_a_database"
  /** Another copy, which this one cannot share, works in the folder. */
  | "in_use"
  | "disk_full"
  /** The folder cannot be read or written, or not by the account under which PostgreSQL must run. */
  | "no_access"
  /** PostgreSQL did not start for another reason; the sentence quotes it. */
  | "failed";

/** Why there is no embedded PostgreSQL. The message is a sentence for the person who typed `npm start`. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedError";
    this.code = code;
  }
}

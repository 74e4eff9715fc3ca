import { EmbeddedError, type EmbeddedErrorCode } from "./embedded-error";

interface Sign {
  readonly pattern: RegExp;
  readonly code: EmbeddedErrorCode;
  readonly sentence: (directory: string) => string;
}

/** What PostgreSQL, initdb, the loader and the file system print, in the order of how telling it is. */
const SIGNS: readonly Sign[] = [
  {
    pattern: /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/,
    code: "disk_full",
    sentence: (directory) =>
      `The disk that holds ${directory} is full. Free some space (at least 200 MB) and start again; nothing is lost.`,
  },
  {
    pattern: /error while loading shared libraries|GLIBC_\d|Exec format error|ENOEXEC/,
    code: "unsupported",
    sentence: () =>
      "The embedded PostgreSQL does not run on this system (it needs glibc 2.27 or newer). Set DATABASE_URL to a PostgreSQL server.",
  },
  {
    pattern: /could not look up effective user ID/,
    code: "unsupported",
    sentence: () =>
      "PostgreSQL refuses a user without a name. Add this user's number to /etc/passwd, start as another user, or set DATABASE_URL.",
  },
  {
    pattern: /database files are incompatible with server|initialized by PostgreSQL version/,
    code: "other_version",
    sentence: (directory) => `${directory} was made by another version of PostgreSQL.`,
  },
  {
    pattern: /lock file ".*" already exists|pre-existing shared memory block/,
    code: "in_use",
    sentence: (directory) =>
      `Another PostgreSQL works in ${directory}. Stop it, or set DATA_DIR to another folder.`,
  },
  {
    pattern:
      /Permission denied|Operation not permitted|Read-only file system|has wrong ownership|EACCES|EPERM|EROFS|ENOTDIR|EEXIST/,
    code: "no_access",
    sentence: (directory) =>
      `${directory} cannot be written. Start as the user who owns it, change its owner, or set DATA_DIR to another folder.`,
  },
];

/** Turns what a program printed into the error to show; `directory` is the folder that it is about. */
export function diagnose(output: string, directory: string): EmbeddedError {
  const sign = SIGNS.find(({ pattern }) => pattern.test(output));
  if (sign !== undefined)
    return new EmbeddedError(sign.code, sign.sentence(directory), { cause: quote(output) });
  return new EmbeddedError("failed", `The embedded PostgreSQL did not start: ${quote(output).message}`);
}

/** Turns any error of this folder's code into one to show. */
export function asEmbeddedError(error: unknown, directory: string): unknown {
  if (!(error instanceof Error) || error instanceof EmbeddedError || error.name === "AbortError")
    return error;
  const sign = SIGNS.find(({ pattern }) => "code" in error && pattern.test(String(error.code)));
  return sign === undefined
    ? error
    : new EmbeddedError(sign.code, sign.sentence(directory), { cause: error });
}

function quote(output: string): Error {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling = lines.filter((line) => /error|fatal|panic|cannot|could not|failed/i.test(line));
  return new Error((telling.length > 0 ? telling : lines).slice(-4).join(" ") || "it said nothing.");
}

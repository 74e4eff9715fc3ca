import { describe, expect, it } from "vitest";
import { asEmbeddedError, diagnose } from "./diagnosis";
import { EmbeddedError } from "./embedded-error";

describe("diagnose", () => {
  it.each([
    ["disk_full", 'initdb: error: could not write to file "pg_wal/x": No space left on device'],
    ["disk_full", "PANIC:  could not write to file: Disk quota exceeded"],
    [
      "unsupported",
      "postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file",
    ],
    ["unsupported", "/lib/libc.so.6: version `GLIBC_2.27' not found"],
    ["unsupported", "initdb: error: could not look up effective user ID 1234: user does not exist"],
    ["other_version", "FATAL:  database files are incompatible with server"],
    ["in_use", 'FATAL:  lock file "postmaster.pid" already exists'],
    ["in_use", "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"],
    ["no_access", 'FATAL:  could not open file "x": Permission denied'],
    ["failed", "FATAL:  unrecognized configuration parameter"],
  ])("knows %s", (code, output) => {
    expect(diagnose(output, "/data")).toMatchObject({ code });
  });

  it("quotes what it does not know, the telling lines only", () => {
    const error = diagnose(
      "LOG:  starting\nFATAL:  could not map anonymous memory\nHINT:  smaller\n",
      "/data",
    );
    expect(error.message).toMatch(/did not start: FATAL: {2}could not map anonymous memory$/);
    expect(diagnose("", "/data").message).toContain("it said nothing");
  });
});

describe("asEmbeddedError", () => {
  it.each([
    ["disk_full", "ENOSPC"],
    ["no_access", "EACCES"],
    ["no_access", "EROFS"],
    ["no_access", "ENOTDIR"],
  ])("gives %s for %s", (expected, code) => {
    const error = asEmbeddedError(Object.assign(new Error("x"), { code }), "/data");
    expect(error).toBeInstanceOf(EmbeddedError);
    expect(error).toMatchObject({ code: expected, message: expect.stringContaining("/data") });
  });

  it("leaves other errors as they are", () => {
    for (const error of [
      new Error("x"),
      Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
      "text",
      undefined,
    ]) {
      expect(asEmbeddedError(error, "/data")).toBe(error);
    }
  });
});

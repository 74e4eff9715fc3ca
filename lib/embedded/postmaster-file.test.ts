import { describe, expect, it } from "vitest";
import { parsePostmasterFile } from "./postmaster-file";

const lines = (...rest: string[]) => ["4711", "/data/pg", "1700000000", ...rest].join("\n");

describe("parsePostmasterFile", () => {
  it("reads a server at a socket", () => {
    expect(parsePostmasterFile(lines("5432", "/data/pg.run/socket", "", " 12 34", "ready   ", ""))).toEqual({
      pid: 4711,
      address: { kind: "socket", directory: "/data/pg.run/socket" },
      status: "ready",
    });
  });

  it("reads a server at a port", () => {
    expect(parsePostmasterFile(lines("50123", "", "127.0.0.1", "", "stopping"))).toEqual({
      pid: 4711,
      address: { kind: "loopback", port: 50_123 },
      status: "stopping",
    });
  });

  it("takes a file that is still being written as a start", () => {
    expect(parsePostmasterFile("4711\n/data/pg\n")).toEqual({
      pid: 4711,
      address: undefined,
      status: "starting",
    });
  });

  it("knows single-user mode by its sign", () => {
    expect(parsePostmasterFile("-4711\n/data/pg\n")?.pid).toBe(4711);
  });

  it.each(["", "\n", "0\n", "abc\n", "47a\n"])("takes %j as no file", (text) => {
    expect(parsePostmasterFile(text)).toBeUndefined();
  });
});

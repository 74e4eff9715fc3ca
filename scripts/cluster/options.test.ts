import { describe, expect, it } from "vitest";
import { readOptions, UsageError } from "./options";

describe("readOptions", () => {
  it("needs nothing", () => {
    expect(readOptions([])).toEqual({ nodes: 3, environment: {} });
  });

  it("gives what was asked for as variables", () => {
    const words = "--nodes 2 --routing broadcast --port 4400 --data /tmp/x".split(" ");
    expect(readOptions(words)).toEqual({
      nodes: 2,
      environment: { ROUTING: "broadcast", PORT: "4400", DATA_DIR: "/tmp/x" },
    });
  });

  it.each([
    ["--nodes", "0"],
    ["--nodes", "17"],
    ["--nodes", "two"],
    ["--routing", "local"],
    ["--colour"],
    ["3"],
  ])("refuses %s %s", (...words) => {
    expect(() => readOptions(words.filter((word) => word !== undefined))).toThrow(UsageError);
  });
});

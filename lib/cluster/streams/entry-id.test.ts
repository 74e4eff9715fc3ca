import { describe, expect, it } from "vitest";
import { BEFORE_ALL, compareIds } from "./entry-id";

describe("compareIds", () => {
  it("orders by time, then by number, as numbers", () => {
    expect(compareIds("9-0", "10-0")).toBeLessThan(0);
    expect(compareIds("10-10", "10-9")).toBeGreaterThan(0);
    expect(compareIds("1700000000000-3", "1700000000000-3")).toBe(0);
    expect(compareIds(BEFORE_ALL, "0-1")).toBeLessThan(0);
  });
});

import { describe, expect, it } from "vitest";
import { Distribution } from "./distribution";

describe("Distribution", () => {
  it("counts a value in every bucket whose bound it does not exceed", () => {
    const distribution = new Distribution([1, 10, 100]);
    for (const value of [0, 1, 1.5, 10, 99, 1_000]) distribution.observe(value);
    expect(distribution.cumulative()).toEqual([2, 4, 5, 6]);
    expect(distribution.sum).toBe(1_111.5);
  });

  it("begins with nothing", () => {
    expect(new Distribution([1]).cumulative()).toEqual([0, 0]);
  });
});

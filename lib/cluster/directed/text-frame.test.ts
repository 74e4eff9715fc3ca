import { describe, expect, it } from "vitest";
import { textFrame } from "./text-frame";

describe("textFrame", () => {
  it.each([
    [0, [0x81, 0]],
    [1, [0x81, 1]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])("gives the length %i as the RFC has it", (length, header) => {
    const [start, data] = textFrame("x".repeat(length));
    expect([...start]).toEqual(header);
    expect(data.toString()).toBe("x".repeat(length));
  });

  it("counts bytes, not characters", () => {
    const [start, data] = textFrame("🏠é");
    expect([...start]).toEqual([0x81, 6]);
    expect(data.toString()).toBe("🏠é");
  });
});

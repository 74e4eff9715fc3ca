import { describe, expect, it } from "vitest";
import { hueOf, initialsOf } from "./initials";

describe("initialsOf", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["Ana Maria da Silva", "AS"],
    ["王小明", "王"],
    ["Wang 小明", "W"],
    ["  (Bot) 7  ", "B7"],
    ["محمد علي", "مع"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧F"],
    ["", ""],
  ])("of %j are %j", (name, initials) => expect(initialsOf(name)).toBe(initials));
});

describe("hueOf", () => {
  it("stays with an id and is one of twelve", () => {
    const ids = Array.from(
      { length: 500 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    );
    const hues = ids.map(hueOf);
    expect(hues).toEqual(ids.map(hueOf));
    expect(new Set(hues)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
  });
});

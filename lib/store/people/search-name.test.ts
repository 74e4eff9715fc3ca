import { describe, expect, it } from "vitest";
import { escapeLike, searchName, searchPatterns } from "./search-name";

/** What LIKE would say, for patterns of the form `%text%`. */
function isFound(name: string, query: string): boolean {
  const stored = searchName(name);
  return searchPatterns(query).every((pattern) =>
    stored.includes(pattern.slice(1, -1).replace(/\\([\\%_])/g, "$1")),
  );
}

describe("searching names", () => {
  it.each([
    ["Ada Lovelace", "ada"],
    ["Ada Lovelace", "LOVE"],
    ["Ada Lovelace", "love ada"],
    ["José Ñandú", "jose nandu"],
    ["Jose Nandu", "JOSÉ"],
    ["Jean-Luc Picard", "luc"],
    ["Conan O’Brien", "brien"],
    ["王小明", "小明"],
    ["山田 太郎", "太"],
    ["김민수", "민수"],
    ["Müller (Vertrieb)", "vertrieb"],
    ["Ｗｉｄｅ", "wide"],
    ["Ömer İnönü", "inonu"],
    ["🎉 Party", "🎉"],
    ["100% Anna_Maria", "100"],
  ])("finds %s by %s", (name, query) => {
    expect(isFound(name, query)).toBe(true);
  });

  it.each([
    ["Ada Lovelace", "lace"],
    ["Ada Lovelace", "ada x"],
    ["王小明", "明小"],
    ["Ada", "_da"],
  ])("does not find %s by %s", (name, query) => {
    expect(isFound(name, query)).toBe(false);
  });

  it("has no pattern for a query without words", () => {
    expect(searchPatterns(" .-— ")).toEqual([]);
  });

  it("lets LIKE's wildcards stand for themselves", () => {
    expect(escapeLike("50%_\\")).toBe("50\\%\\_\\\\");
  });
});

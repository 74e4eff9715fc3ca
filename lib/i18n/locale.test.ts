import { describe, expect, it } from "vitest";
import { chooseLocale } from "./locale";

describe("chooseLocale", () => {
  it.each([
    ["zh", "en", "zh"],
    [undefined, "zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    [undefined, "en;q=0.5, zh-TW;q=0.7", "zh"],
    [undefined, "fr-FR, de;q=0.9", "en"],
    [undefined, "zh;q=0, en", "en"],
    [undefined, "zh;q=nonsense", "zh"],
    ["klingon", "zh", "zh"],
    [undefined, null, "en"],
    [undefined, "", "en"],
  ] as const)("choice %j and Accept-Language %j give %j", (choice, header, locale) =>
    expect(chooseLocale(choice, header)).toBe(locale),
  );
});

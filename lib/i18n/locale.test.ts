import { describe, expect, it } from "vitest";
import { chooseFormat, chooseLocale } from "./locale";

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

describe("chooseFormat", () => {
  it.each([
    ["en", "de-DE,en-GB;q=0.8,en-US;q=0.5", "en-GB"],
    ["en", "de-DE", "en"],
    ["zh", "zh-Hant-TW,zh;q=0.9", "zh-Hant-TW"],
    ["zh", "en-GB", "zh-Hans"],
    ["en", "en-GB<script>,en", "en"],
    ["en", null, "en"],
  ] as const)("of %s for %j is %s", (locale, header, tag) => expect(chooseFormat(locale, header)).toBe(tag));
});

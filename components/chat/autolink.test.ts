import { describe, expect, it } from "vitest";
import { autolink } from "./autolink";

const linksOf = (text: string) => autolink(text).flatMap((part) => (part.kind === "link" ? [part.text] : []));

describe("autolink", () => {
  it.each([
    ["see https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]],
    ["(https://example.org/a_(b))", ["https://example.org/a_(b)"]],
    ["请看 https://example.org/路径。谢谢", ["https://example.org/路径"]],
    ["请看 https://example.org/路径。", ["https://example.org/路径"]],
    ["http://a.example, https://b.example!", ["http://a.example", "https://b.example"]],
    ["javascript:alert(1) data:text/html,x ftp://x.example", []],
    ["xhttps://example.org", []],
    ["https://", []],
    ['<a href="https://example.org">', ["https://example.org"]],
    ["HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]],
  ])("of %j are %j", (text, links) => expect(linksOf(text)).toEqual(links));

  it("loses nothing of the text", () => {
    const text = "a https://example.org, b\n(http://x.example) c";
    expect(
      autolink(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("stays quick on a hostile text", () => {
    const text = `https://e.example/${")".repeat(8_000 - 20)}`;
    expect(linksOf(text)).toEqual(["https://e.example/"]);
  });
});

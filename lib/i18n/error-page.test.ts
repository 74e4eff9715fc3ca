import { expect, it } from "vitest";
import { drawErrorPage } from "./error-page";

it("speaks the language of the browser, or the one that was chosen", () => {
  const english = drawErrorPage({ headers: {} });
  expect(english).toContain('<html lang="en">');
  expect(english).toContain("<h1>Something went wrong</h1>");
  const chinese = drawErrorPage({ headers: { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" } });
  expect(chinese).toContain('<html lang="zh-Hans">');
  expect(chinese).toContain("<h1>出了点问题</h1>");
  const chosen = { "accept-language": "en", cookie: "theme=dark; language=zh" };
  expect(drawErrorPage({ headers: chosen })).toContain('<html lang="zh-Hans" data-theme="dark">');
});

it("repeats nothing of what it was asked with", () => {
  const attack = '"><script>alert(1)</script>';
  const page = drawErrorPage({
    headers: { "accept-language": attack, cookie: `theme=${attack}; language=${attack}` },
  });
  expect(page).not.toContain("script>");
});

import type { Page } from "@playwright/test";
import { meet, say } from "./support/chat";
import { expect, test } from "./support/test";

const CHINESE = { locale: "zh-CN" };
/** What stands in the page for a word that is in no catalogue is its key, for example `chat.title`. */
const KEY =
  /\b(common|errors|auth|sessionEnd|problems|setup|join|settings|navigation|connection|presence|times|chat|inbox|online|people)\.[a-z]\w+/;

/** All that is read on the page or by a screen reader. */
async function wordsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const attributes = ["aria-label", "aria-description", "placeholder", "title", "data-tooltip", "alt"];
    const named = attributes.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...named].join("\n");
  });
}

async function expectChinese(page: Page, names: readonly string[] = []): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  const words = await wordsOf(page);
  expect(words).not.toMatch(KEY);
  const known = ["Homing", "English", "Ctrl K", "Chrome", "Chromium", "Linux", ...names];
  const rest = known.reduce((text, name) => text.replaceAll(name, ""), words);
  expect(rest).toMatch(/\p{Script=Han}/u);
  // One line that has letters of English and none of Chinese was forgotten.
  expect(
    rest.split("\n").filter((line) => /[A-Za-z]{3}/.test(line) && !/\p{Script=Han}/u.test(line)),
  ).toEqual([]);
}

test("a Chinese browser is spoken to in Chinese, on every page", async ({ newVisitor, signedIn }) => {
  const ada = await signedIn("Ada", { ...CHINESE, admin: true });
  const ben = await signedIn("Ben");
  const visitor = await newVisitor(CHINESE);
  for (const path of ["/login", "/join", "/setup?token=none"]) {
    await visitor.page.goto(path);
    await expectChinese(visitor.page);
  }
  await ben.page.goto("/chat");
  await ada.page.goto("/chat");
  await ada.page.getByRole("combobox").fill(ben.username);
  await ada.page.getByRole("option", { name: `@${ben.username}` }).click();
  await ada.page.getByRole("textbox", { name: "Ben" }).fill("你好");
  await ada.page.getByRole("textbox", { name: "Ben" }).press("Enter");
  await expect(ada.page.getByText("你好").first()).toBeVisible();
  const names = ["Ada", "Ben", "Cleo", `@${ada.username}`, ada.username, `@${ben.username}`, ben.username];
  await expectChinese(ada.page, names);
  for (const path of ["/inbox", "/settings", "/admin/online"]) {
    await ada.page.goto(path);
    await expect(ada.page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectChinese(ada.page, names);
  }
});

test("the language is chosen in settings, and kept", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await say(ada.page, "Hello");
  await ada.page.goto("/settings");
  await ada.page.getByLabel("Language").selectOption({ label: "简体中文" });
  await expect(ada.page.getByRole("heading", { level: 1, name: "设置" })).toBeVisible();
  await ada.page.goto(address);
  await expect(ada.page.getByRole("article").filter({ hasText: "Hello" })).toBeVisible();
  await expect(ada.page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await ada.page.goto("/settings");
  await ada.page.getByRole("combobox").filter({ hasText: "简体中文" }).selectOption({ label: "English" });
  await expect(ada.page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(ada.page.locator("html")).toHaveAttribute("lang", "en");
});

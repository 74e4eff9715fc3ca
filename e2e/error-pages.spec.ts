import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { withDatabase } from "./support/database";
import { HomingServer } from "./support/homing-server";
import { expect, PASSWORD, signIn, test } from "./support/test";

const LANGUAGES = [
  { locale: "en-GB", lang: "en", failed: "Something went wrong", lost: "Nothing lives here" },
  { locale: "zh-CN", lang: "zh-Hans", failed: "出了点问题", lost: "这里什么也没有" },
];
const SERVER_ERROR = /Failed to load resource: the server responded with a status of (404|500|503)/;

let homing: HomingServer;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  homing = await HomingServer.start();
  await homing.operate(["user", "add", "ada", "--password-stdin"], PASSWORD);
});
test.afterAll(() => homing.dispose());

/** Takes what the inbox reads away, so that its page fails. */
const breakInbox = () =>
  withDatabase(homing, (database) => database.query("alter table members rename to members_elsewhere"));
const mendInbox = () =>
  withDatabase(homing, (database) =>
    database.query("alter table if exists members_elsewhere rename to members"),
  );

test("a page that failed on the way to it is said to have, and may be tried again", async ({
  newVisitor,
  consoleErrors,
}) => {
  const { context, page } = await newVisitor({ baseURL: homing.url });
  await signIn(context, homing, "ada");
  await page.goto("/chat");
  await expect(page.getByText("No conversations yet")).toBeVisible();
  await breakInbox();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox" }).click();
  const title = page.getByRole("heading", { level: 1, name: "Something went wrong" });
  await expect(title).toBeVisible();
  await expectAccessible(page);
  await mendInbox();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("All caught up")).toBeVisible();
  await expect(title).toHaveCount(0);
  // The browser tells of the page that failed, as it should.
  consoleErrors.length = 0;
});

for (const { locale, lang, failed, lost } of LANGUAGES)
  test(`without JavaScript, ${locale}: what is not there, and what failed, is said in words`, async ({
    newVisitor,
    consoleErrors,
  }) => {
    const options: BrowserContextOptions = { baseURL: homing.url, locale, javaScriptEnabled: false };
    const { context, page } = await newVisitor(options);
    await signIn(context, homing, "ada");
    expect((await page.goto("/nowhere"))?.status()).toBe(404);
    await expect(page.getByText(lost)).toBeVisible();
    await breakInbox();
    expect((await page.goto("/inbox"))?.status()).toBe(500);
    await expect(page.getByRole("heading", { level: 1, name: failed })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await mendInbox();
    await page.getByRole("main").getByRole("link").click();
    await expect(page).toHaveURL(/\/inbox$/);
    await expect(page.getByRole("heading", { level: 1, name: failed })).toHaveCount(0);
    expect(consoleErrors.filter((text) => !SERVER_ERROR.test(text))).toEqual([]);
    consoleErrors.length = 0;
  });

test("while the database is away, a page says so in words, to axe's liking", async ({
  newVisitor,
  consoleErrors,
}) => {
  const { context, page } = await newVisitor({ baseURL: homing.url });
  await signIn(context, homing, "ada");
  const [postmaster] = (await readFile(join(homing.dataFolder, "pg", "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(postmaster), "SIGQUIT");
  const answer = await page.goto("/inbox");
  expect(answer?.status()).toBe(503);
  expect(answer?.headers()["retry-after"]).toBe("5");
  await expect(page.getByRole("heading", { level: 1, name: "Something went wrong" })).toBeVisible();
  await expectAccessible(page);
  expect(consoleErrors.filter((text) => !SERVER_ERROR.test(text))).toEqual([]);
  consoleErrors.length = 0;
});

import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import playwright from "@/playwright.config";
import { createPageServer } from "./testing/page-server";

const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const server = await createPageServer();
let context: BrowserContext;
let page: Page;

beforeEach(async () => {
  await server.start();
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  server.away = false;
  server.signedIn = true;
  await context.close();
  await server.stop();
});
afterAll(() => browser.close());

const open = (path: string) => page.goto(server.url + path);
const visit = () => page.evaluate(() => Number(document.body.dataset.visit));
const kept = () =>
  page.evaluate(async () => {
    const paths = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    return paths.sort();
  });

/** Opens a page for the first time and waits until everything that is to be kept is. */
async function firstVisit(path: string): Promise<void> {
  await open(path);
  await expect.poll(kept, { timeout: 10_000 }).toEqual(["/_next/static/chunks/page-1.js", "/chat", "/inbox"]);
}

describe("the service worker", () => {
  it("opens the chat while the server is away, after one single visit, with scripts that its policy lets run", async () => {
    await firstVisit("/chat");
    await server.stop();
    await page.reload();
    expect(await page.title()).toBe("/chat");
    expect(await page.evaluate(() => document.body.dataset.ran)).toBe("yes");
    await open("/inbox");
    expect(await page.title()).toBe("/inbox");
    await open("/chat/a-conversation-never-opened");
    expect(await page.title()).toBe("/chat");
    expect(new URL(page.url()).pathname).toBe("/chat/a-conversation-never-opened");
    await open("/");
    expect(new URL(page.url()).pathname).toBe("/chat");
    await expect(open("/admin/online")).rejects.toThrow();
  });

  it("shows nothing that is kept while there is a server", async () => {
    await firstVisit("/chat");
    await page.reload();
    const before = await visit();
    await page.reload();
    expect(await visit()).toBe(before + 1);
    expect(await page.evaluate(async () => (await fetch("/api/v1/inbox")).status)).toBe(200);
    await server.stop();
    await page.reload();
    expect(await visit()).toBe(before + 1);
    const call = page.evaluate(() =>
      fetch("/api/v1/inbox").then(
        () => "answered",
        () => "refused",
      ),
    );
    expect(await call).toBe("refused");
  });

  it("steps in when a proxy says that there is no server behind it", async () => {
    await firstVisit("/chat");
    server.away = true;
    await page.reload();
    expect(await page.title()).toBe("/chat");
  });

  it("keeps every page of the signed-in part that was opened, and no other", async () => {
    await firstVisit("/chat");
    await open("/settings");
    await expect.poll(kept).toContain("/settings");
    await open("/admin/online");
    expect(await kept()).not.toContain("/admin/online");
  });

  it("forgets the pages of who signs out", async () => {
    await firstVisit("/chat");
    await page.reload();
    await page.evaluate(() => fetch("/api/auth/signout", { method: "POST" }).then(() => undefined));
    await expect.poll(kept).toEqual(["/_next/static/chunks/page-1.js"]);
    await server.stop();
    await expect(open("/chat")).rejects.toThrow();
  });

  it("forgets the pages of whose session ended", async () => {
    await firstVisit("/chat");
    await page.reload();
    server.signedIn = false;
    await open("/inbox");
    expect(new URL(page.url()).pathname).toBe("/login");
    await expect.poll(kept).toEqual(["/_next/static/chunks/page-1.js"]);
    await server.stop();
    await expect(open("/chat")).rejects.toThrow();
  });
});

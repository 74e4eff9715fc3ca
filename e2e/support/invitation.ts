import { type Browser, type BrowserContext, expect } from "@playwright/test";
import { PASSWORD, signIn } from "./sign-in";
import type { Site } from "./site";

const ADMIN = "e2e.admin";
const MOST_USES = "1000";
const HIDDEN = /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g;
const QUOTES = /&quot;/g;

/** An admin makes an invitation that is good for every account of the tests. Gives its link. */
export async function makeInvitation(browser: Browser, site: Site): Promise<string> {
  await site.operate(["user", "add", ADMIN, "--password-stdin", "--admin"], PASSWORD);
  const context = await browser.newContext({ baseURL: site.url });
  await signIn(context, site, ADMIN);
  const page = await context.newPage();
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "New invitation" }).click();
  await page.getByLabel("How many people may use it").fill(MOST_USES);
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  await context.close();
  return link;
}

/** Joins as a browser without JavaScript does: the form with its hidden fields, in one request. */
export async function joinBy(
  link: string,
  context: BrowserContext,
  account: { name: string; username: string; password: string },
): Promise<void> {
  const html = await (await context.request.get(link)).text();
  const hidden = [...html.matchAll(HIDDEN)].map(([, name = "", value = ""]) => [
    name,
    value.replace(QUOTES, '"'),
  ]);
  const answer = await context.request.post(link, {
    multipart: { ...Object.fromEntries(hidden), ...account },
    headers: { Origin: new URL(link).origin },
    maxRedirects: 0,
  });
  expect(answer.headers().location).toBe("/chat");
}

import type { BrowserContext, Page } from "@playwright/test";
import { composer, messageWith, openConversationWith, say } from "./support/chat";
import { HomingServer } from "./support/homing-server";
import { expect, PASSWORD, test } from "./support/test";

async function fillIn(page: Page, account: { name: string; username: string }): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(account.name);
  await page.getByLabel("Username").fill(account.username);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
}

test("set up, invite, join, talk: each link works as often as it says", async ({ browser }) => {
  const homing = await HomingServer.start();
  const contexts: BrowserContext[] = [];
  /** A browser of somebody who has never been here. */
  const visit = async (path: string) => {
    const context = await browser.newContext({ baseURL: homing.url });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  try {
    const admin = await visit("/login");
    await expect(admin.getByRole("heading", { name: "Almost ready" })).toBeVisible();
    await admin.goto(homing.setupLink());
    await fillIn(admin, { name: "Grace", username: "grace" });
    await admin.getByRole("button", { name: "Create the admin account" }).click();
    await admin.waitForURL("**/chat");
    const late = await visit(homing.setupLink());
    await expect(late.getByRole("heading", { name: "This set-up link does not work" })).toBeVisible();

    await admin.goto("/admin/people");
    await admin.getByRole("button", { name: "New invitation" }).click();
    await admin.getByRole("button", { name: "Make the link" }).click();
    const link = await admin.getByLabel("Link", { exact: true }).inputValue();
    expect(link).toMatch(new RegExp(`^${homing.url}/join/[\\w-]{43}$`));

    const guest = await visit(link);
    await fillIn(guest, { name: "Ada", username: "grace" });
    await guest.getByRole("button", { name: "Create account" }).click();
    await expect(guest.getByText("This username is taken.")).toBeVisible();
    await fillIn(guest, { name: "Ada", username: "ada" });
    await guest.getByRole("button", { name: "Create account" }).click();
    await guest.waitForURL("**/chat");
    expect((await guest.goto("/admin/people"))?.status()).toBe(404);
    const second = await visit(link);
    await expect(second.getByRole("heading", { name: "This invitation does not work" })).toBeVisible();

    await guest.goto("/chat");
    await openConversationWith(guest, "grace");
    await say(guest, "Thank you for having me!");
    await admin.goto("/chat");
    await admin.getByRole("link", { name: "Ada" }).click();
    await expect(messageWith(admin, "Thank you for having me!")).toBeVisible();
    await expect(composer(admin)).toBeVisible();
    await say(admin, "Welcome home.");
    await expect(messageWith(guest, "Welcome home.")).toBeVisible();
  } finally {
    for (const context of contexts) await context.close();
    await homing.dispose();
  }
});

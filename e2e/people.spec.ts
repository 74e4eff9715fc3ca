import type { Page } from "@playwright/test";
import { withDatabase } from "./support/database";
import { expect, PASSWORD, signIn, test } from "./support/test";

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

/** An admin's invitation for so many people, from the page. */
async function invite(page: Page, people: number, validFor: string): Promise<string> {
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "New invitation" }).click();
  await page.getByLabel("Valid for").selectOption({ label: validFor });
  await page.getByLabel("How many people may use it").fill(String(people));
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  return link;
}

async function join(page: Page, link: string, username: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Name", { exact: true }).fill("Guest");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/chat");
}

const doesNotWork = (page: Page) => page.getByRole("heading", { name: "This invitation does not work" });

test("an invitation works as often as it says", async ({ signedIn, newVisitor }) => {
  const { page } = await signedIn("Grace", { admin: true });
  const link = await invite(page, 2, "1 day");
  await expect(page.getByText("0 of 2 used")).toBeVisible();
  await join((await newVisitor()).page, link, "guest.one");
  await join((await newVisitor()).page, link, "guest.two");
  const third = await newVisitor();
  await third.page.goto(link);
  await expect(doesNotWork(third.page)).toBeVisible();
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "2 of 2 used" });
  await expect(row.getByText("Used up")).toBeVisible();
});

test("an invitation ends on its day, or when it is withdrawn", async ({ homing, signedIn, newVisitor }) => {
  const { page } = await signedIn("Grace", { admin: true });
  const guest = await newVisitor();
  const link = await invite(page, 13, "7 days");
  const row = page.getByRole("listitem").filter({ hasText: "0 of 13 used" });
  await guest.page.goto(link);
  await expect(guest.page.getByRole("button", { name: "Create account" })).toBeVisible();
  await withDatabase(homing, (database) =>
    database.query("update invites set expires_at = now() where max_uses = 13"),
  );
  await guest.page.goto(link);
  await expect(doesNotWork(guest.page)).toBeVisible();
  await page.reload();
  await expect(row.getByText("Expired")).toBeVisible();

  const second = await invite(page, 14, "7 days");
  const open = page.getByRole("listitem").filter({ hasText: "0 of 14 used" });
  await open.getByRole("button", { name: "Withdraw" }).click();
  await expect(open.getByText("Withdrawn")).toBeVisible();
  await guest.page.goto(second);
  await expect(doesNotWork(guest.page)).toBeVisible();
});

test("whoever is disabled is told so at once, in every tab, and comes back when enabled", async ({
  homing,
  signedIn,
}) => {
  const grace = await signedIn("Grace", { admin: true });
  const mallory = await signedIn("Mallory");
  const second = await mallory.context.newPage();
  for (const page of [mallory.page, second]) await page.goto("/inbox");

  await grace.page.goto(`/admin/people?q=${mallory.username}`);
  const row = grace.page.getByRole("listitem").filter({ hasText: `@${mallory.username}` });
  await row.getByRole("button", { name: "Actions for Mallory" }).click();
  await grace.page.getByRole("menuitem", { name: "Disable" }).click();
  await grace.page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(row.getByText("Disabled")).toBeVisible();
  for (const page of [mallory.page, second]) {
    await page.waitForURL("**/login?*reason=disabled");
    await expect(page.getByText("This account was disabled.")).toBeVisible();
  }

  await row.getByRole("button", { name: "Actions for Mallory" }).click();
  await grace.page.getByRole("menuitem", { name: "Enable" }).click();
  await expect(row.getByText("Disabled")).toHaveCount(0);
  await signIn(mallory.context, homing, mallory.username);
  await mallory.page.goto("/inbox");
  await expect(mallory.page.getByText("All caught up")).toBeVisible();
});

test("who is online comes and goes, with devices and connections", async ({
  homing,
  signedIn,
  newVisitor,
}) => {
  const { page } = await signedIn("Grace", { admin: true });
  const ben = await signedIn("Benedict");
  await page.goto("/admin/online");
  const row = page.getByRole("row").filter({ hasText: "Benedict" });
  await expect(page.getByRole("row").filter({ hasText: "Grace" }).first()).toBeVisible();
  await expect(row).toHaveCount(0);

  await ben.page.goto("/chat");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Chrome on");
  const tab = await ben.context.newPage();
  await tab.goto("/chat");
  await expect(row).toHaveCount(2);
  await expect(row.first()).toContainText("1 device, 2 connections");
  const phone = await newVisitor({ userAgent: IPHONE });
  await signIn(phone.context, homing, ben.username);
  await phone.page.goto("/chat");
  await expect(row).toHaveCount(3);
  await expect(row.first()).toContainText("2 devices, 3 connections");
  await expect(row.filter({ hasText: "Safari on iPhone" })).toHaveCount(1);

  await page.getByLabel("Search by name").fill(ben.username);
  await expect(page.getByRole("row")).toHaveCount(4);
  await phone.context.close();
  await tab.close();
  await expect(row).toHaveCount(1);
  await ben.page.close();
  await expect(row).toHaveCount(0);
  await expect(page.getByText("Nobody online has that name")).toBeVisible();
});

test("for others than admins there are no such pages", async ({ signedIn, consoleErrors }) => {
  const { page } = await signedIn("Ben");
  for (const path of ["/admin/online", "/admin/people"]) {
    expect((await page.goto(path))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Nothing lives here" })).toBeVisible();
  }
  await page.goto("/inbox");
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  expect(consoleErrors.filter((text) => !text.includes("404 (Not Found)"))).toEqual([]);
  consoleErrors.length = 0;
});

import type { Page } from "@playwright/test";
import { composer, meetFaceToFace, openConversationWith, rowOf } from "./support/chat";
import { ownTime } from "./support/own-time";
import { expect, signIn, test } from "./support/test";

/** A little more than what a page waits for a sign of a person. */
const LONG = "05:05";

const headerOf = (page: Page, name: string) => page.locator("header").filter({ hasText: name });
const saysOf = (page: Page, name: string, state: "Online" | "Away") =>
  headerOf(page, name).locator("p").getByText(state, { exact: true });

test("a person who does nothing for five minutes is away, and online with the first thing they do", async ({
  signedIn,
}) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const time = await ownTime(ben);
  await meetFaceToFace(ada, ben);
  await expect(saysOf(ada.page, "Ben", "Online")).toBeVisible();

  await time.pass("04:00");
  await composer(ben.page).press("a");
  await time.pass("04:00");
  // Whoever is away by now would have been told so before this.
  await composer(ben.page).fill("still here");
  await composer(ben.page).press("Enter");
  await expect(ada.page.getByText("still here").first()).toBeVisible();
  await expect(saysOf(ada.page, "Ben", "Online")).toBeVisible();

  await time.pass(LONG);
  await expect(saysOf(ada.page, "Ben", "Away")).toBeVisible({ timeout: 15_000 });
  await expect(rowOf(ada.page, "Ben").getByText("Away", { exact: true })).toBeAttached();
  await expect(saysOf(ben.page, "Ada", "Online")).toBeVisible({ timeout: 15_000 });

  await ben.page.mouse.move(200, 200);
  await ben.page.mouse.move(220, 220);
  await expect(saysOf(ada.page, "Ben", "Online")).toBeVisible();
  await expect(rowOf(ada.page, "Ben").getByText("Online", { exact: true })).toBeAttached();
});

test("what happens on the page by itself is no sign of a person", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const time = await ownTime(ben);
  await meetFaceToFace(ada, ben);
  await time.pass("04:00");
  await composer(ada.page).fill("Are you there?");
  await composer(ada.page).press("Enter");
  await expect(ben.page.getByText("Are you there?").first()).toBeVisible();
  await time.pass("01:05");
  await expect(saysOf(ada.page, "Ben", "Away")).toBeVisible({ timeout: 15_000 });
});

test("somebody is online while they are at another device, and away when it closes", async ({
  signedIn,
  newVisitor,
  site,
}) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const time = await ownTime(ben);
  await meetFaceToFace(ada, ben);
  const phone = await newVisitor();
  await signIn(phone.context, site, ben.username);
  await phone.page.goto("/chat");
  await expect(rowOf(phone.page, "Ada").getByText("Online", { exact: true })).toBeAttached();

  await time.pass(LONG);
  const eve = await signedIn("Eve");
  const evesTime = await ownTime(eve);
  await eve.page.goto("/chat");
  await openConversationWith(ada.page, eve.username);
  await expect(saysOf(ada.page, "Eve", "Online")).toBeVisible();
  await evesTime.pass(LONG);
  // Eve went idle after Ben's laptop did: by now it would show.
  await expect(saysOf(ada.page, "Eve", "Away")).toBeVisible({ timeout: 15_000 });
  await expect(rowOf(ada.page, "Ben").getByText("Online", { exact: true })).toBeAttached();

  await phone.page.close();
  await expect(rowOf(ada.page, "Ben").getByText("Away", { exact: true })).toBeAttached({ timeout: 15_000 });
});

test("an administrator sees who is away and which of their connections are idle", async ({ signedIn }) => {
  const [root, ben] = [await signedIn("Root", { admin: true }), await signedIn("Ben")];
  const time = await ownTime(ben);
  await ben.page.goto("/chat");
  await root.page.goto("/admin/online");
  const row = root.page.getByRole("row").filter({ hasText: ben.username });
  await expect(row.getByText("Online", { exact: true })).toBeAttached();
  await expect(row.getByText("idle")).toHaveCount(0);
  await time.pass(LONG);
  await expect(row.getByText("Away", { exact: true })).toBeAttached({ timeout: 15_000 });
  await expect(row.getByText(/· idle$/)).toBeVisible();
});

import type { Locator } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { composer, meet, meetFaceToFace, messageWith, say } from "./support/chat";
import { HomingServer } from "./support/homing-server";
import { expect, PASSWORD, test } from "./support/test";

test("signing in and joining", async ({ invitation, newVisitor }) => {
  const { page } = await newVisitor();
  const places = ["/login", "/login?reason=disabled", invitation, "/join", "/join/none", "/setup?token=none"];
  for (const path of places) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto("/login");
  await page.getByLabel("Username").fill("nobody");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("The username or the password is not right.")).toBeVisible();
  await expectAccessible(page);
});

test("setting up", async ({ newVisitor }) => {
  const homing = await HomingServer.start();
  try {
    const { page } = await newVisitor();
    for (const address of [`${homing.url}/login`, homing.setupLink()]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
    await page.close();
  } finally {
    await homing.dispose();
  }
});

test("chat, inbox and settings", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await ben.page.goto("/chat");
  await expect(ben.page.getByText("No conversations yet")).toBeVisible();
  await expectAccessible(ben.page);
  await ben.page.goto("/inbox");
  await expect(ben.page.getByText("All caught up")).toBeVisible();
  await expectAccessible(ben.page);

  const address = await meet(ada, ben);
  for (const text of ["Hello, Ben", "Look: https://homing.example"]) await say(ada.page, text);
  await expect(messageWith(ada.page, "Look").getByText(/^(Sent|Delivered)$/)).toBeAttached();
  await expectAccessible(ada.page);
  await expect(ben.page.getByRole("article", { name: "Ada" })).toContainText("Look");
  await expectAccessible(ben.page);
  await ben.page.goto(address);
  await expect(composer(ben.page)).toBeVisible();
  await say(ben.page, "Hello, Ada");
  await expectAccessible(ben.page);

  await ada.page.goto("/settings");
  await expect(ada.page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await expectAccessible(ada.page);
});

test("administration", async ({ signedIn }) => {
  const { page } = await signedIn("Grace", { admin: true });
  await page.goto("/admin/online");
  await expect(page.getByRole("row").filter({ hasText: "Grace" }).first()).toBeVisible();
  await expectAccessible(page);
  await page.goto("/admin/people");
  await expect(page.getByRole("heading", { name: "Invitations" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New invitation" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});

test("what is not there", async ({ newVisitor, signedIn, consoleErrors }) => {
  const { page } = await newVisitor();
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { name: "Nothing lives here" })).toBeVisible();
  await expectAccessible(page);
  expect(consoleErrors.filter((text) => !text.includes("404 (Not Found)"))).toEqual([]);
  consoleErrors.length = 0;
  const ada = await signedIn("Ada");
  await ada.page.goto("/chat/00000000-0000-4000-8000-000000000000");
  await expect(ada.page.getByText("This conversation is not there")).toBeVisible();
  await expectAccessible(ada.page);
});

/** Goes on by Tab until the element has the focus. */
async function tabTo(target: Locator): Promise<void> {
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 20 && !(await isFocused()); step += 1) await target.page().keyboard.press("Tab");
  await expect(target).toBeFocused();
}

test("all of it by the keyboard", async ({ newVisitor, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meetFaceToFace(ada, ben);
  const { page } = await newVisitor();
  const { keyboard } = page;
  await page.goto("/login");
  await tabTo(page.getByLabel("Username"));
  await keyboard.type(ada.username);
  await tabTo(page.getByLabel("Password", { exact: true }));
  await keyboard.type(PASSWORD);
  await keyboard.press("Enter");
  await page.waitForURL("**/chat");

  const row = page.getByRole("link", { name: "Ben" });
  await expect(row).toBeVisible();
  await tabTo(row);
  await keyboard.press("Enter");
  await expect(composer(page)).toBeFocused();
  await keyboard.type("Look, no mouse");
  await keyboard.press("Enter");
  await expect(messageWith(ben.page, "Look, no mouse")).toBeVisible();

  await keyboard.press("Shift+Tab");
  await keyboard.press("ArrowUp");
  const message = messageWith(page, "Look, no mouse");
  await expect(message).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(message).toBeFocused();
});

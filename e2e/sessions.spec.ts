import type { Page } from "@playwright/test";
import { composer, meet, messageWith, say } from "./support/chat";
import { HomingServer } from "./support/homing-server";
import { attemptSignIn, sessionCookie } from "./support/plain-client";
import { expect, PASSWORD, signIn, test } from "./support/test";

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
/** A revoked session's sockets are closed, and its pages left, within this time. */
const ENDS_WITHIN_MS = 5_000;

/** Addresses that a crafted link might name as the page to go to after signing in. */
const ELSEWHERE = [
  "https://evil.example/chat",
  "//evil.example/chat",
  "/\\evil.example/chat",
  "/\t/evil.example/chat",
  "javascript:alert(document.domain)",
  "/login?callbackUrl=/login",
];

async function fillInAndSubmit(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("leads back to the page that was asked for", async ({ homing, newVisitor, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const conversation = await meet(ada, ben);
  await say(ada.page, "Read me first");
  const { page } = await newVisitor();
  await page.goto(conversation);
  await fillInAndSubmit(page, ben.username, PASSWORD);
  await page.waitForURL(homing.url + conversation);
  await expect(messageWith(page, "Read me first")).toBeVisible();
});

test("leads nowhere else, however it is asked", async ({ homing, newVisitor, signedIn }) => {
  const { username } = await signedIn("Ada");
  const foreign: string[] = [];
  for (const address of ELSEWHERE) {
    const { page, context } = await newVisitor();
    page.on("request", (request) => {
      if (!request.url().startsWith(homing.url)) foreign.push(request.url());
    });
    await page.goto(`/login?${new URLSearchParams({ callbackUrl: address })}`);
    await fillInAndSubmit(page, username, PASSWORD);
    await page.waitForURL(`${homing.url}/chat`);
    await context.close();
  }
  expect(foreign).toEqual([]);
});

test("a wrong password is told, and the name kept", async ({ newVisitor, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { page, context } = await newVisitor();
  await page.goto("/login");
  await fillInAndSubmit(page, username, "not the password");
  await expect(page.getByText("The username or the password is not right.")).toBeVisible();
  await expect(page.getByLabel("Username")).toHaveValue(username);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  expect(await sessionCookie(context)).toBeUndefined();
});

test("works without JavaScript", async ({ homing, newVisitor, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { page } = await newVisitor({ javaScriptEnabled: false });
  await page.goto("/settings");
  await fillInAndSubmit(page, username, "not the password");
  await expect(page.getByText("The username or the password is not right.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${homing.url}/settings`);
});

test("signing out ends every tab of the browser and leaves nothing to go back to", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const conversation = await meet(ada, ben);
  await say(ada.page, "For our eyes only");
  const other = await ada.context.newPage();
  await other.goto("/inbox");
  await ada.page.getByRole("button", { name: "Account of Ada" }).click();
  await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(ada.page.getByText("You have signed out.")).toBeVisible();
  await other.waitForURL("**/login?*", { timeout: ENDS_WITHIN_MS });

  await ada.page.goBack();
  await ada.page.waitForURL("**/login?*");
  await ada.page.goto(conversation);
  await ada.page.waitForURL("**/login?*");
  await expect(ada.page.getByText("For our eyes only")).toHaveCount(0);
});

test("a session that is ended elsewhere says so at once", async ({ homing, newVisitor, signedIn }) => {
  const { page, username } = await signedIn("Ada");
  const phone = await newVisitor({ userAgent: IPHONE });
  await signIn(phone.context, homing, username);
  await phone.page.goto("/inbox");
  await page.goto("/settings");
  await page.getByRole("button", { name: "End the session: Safari on iPhone" }).click();
  await phone.page.waitForURL("**/login?*reason=revoked", { timeout: ENDS_WITHIN_MS });
  await expect(phone.page.getByText("This session was ended from another device.")).toBeVisible();
  await expect(page.getByText("Safari on iPhone")).toHaveCount(0);
  await expect(page.getByText("This device")).toBeVisible();
});

test("all other sessions can be ended at once", async ({ homing, newVisitor, signedIn }) => {
  const { page, username } = await signedIn("Ada");
  const others = [await newVisitor({ userAgent: IPHONE }), await newVisitor()];
  for (const other of others) {
    await signIn(other.context, homing, username);
    await other.page.goto("/chat");
  }
  await page.goto("/settings");
  await page.getByRole("button", { name: "End all others" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End all others" }).click();
  for (const other of others) await other.page.waitForURL("**/login?*reason=revoked");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await expect(page.getByRole("button", { name: "End all others" })).toHaveCount(0);
});

test("a new password ends the other sessions and keeps this one", async ({
  homing,
  newVisitor,
  signedIn,
}) => {
  const { page, username } = await signedIn("Ada");
  const phone = await newVisitor({ userAgent: IPHONE });
  await signIn(phone.context, homing, username);
  await phone.page.goto("/chat");
  await page.goto("/settings");

  await page.getByLabel("Current password").fill("not the password");
  await page.getByLabel("New password").fill("quite another password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("quite another password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password was changed. All other sessions have ended.")).toBeVisible();

  await phone.page.waitForURL("**/login?*reason=password_changed", { timeout: ENDS_WITHIN_MS });
  await fillInAndSubmit(phone.page, username, PASSWORD);
  await expect(phone.page.getByText("The username or the password is not right.")).toBeVisible();
  await fillInAndSubmit(phone.page, username, "quite another password");
  await phone.page.waitForURL(`${homing.url}/chat`);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
});

test("a new name is what others see", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meet(ben, ada);
  await ada.page.goto("/settings");
  await ada.page.getByLabel("Name", { exact: true }).fill("Ada King");
  await ada.page.getByRole("button", { name: "Save" }).click();
  await expect(ada.page.getByText("Your name was saved.")).toBeVisible();
  await ben.page.reload();
  await expect(ben.page.getByRole("heading", { name: "Ada King" })).toBeVisible();
  await expect(composer(ben.page)).toHaveAccessibleName("Write to Ada King");
});

test("a user whom an operator disables is signed out, and told why", async ({ homing, signedIn }) => {
  const { page, username } = await signedIn("Ada");
  await page.goto("/inbox");
  await homing.operate(["user", "disable", username]);
  await page.waitForURL("**/login?*reason=disabled", { timeout: ENDS_WITHIN_MS });
  await expect(page.getByText("This account was disabled.")).toBeVisible();
  await fillInAndSubmit(page, username, PASSWORD);
  await expect(page.getByText("This account is disabled.")).toBeVisible();
  const told = await attemptSignIn(homing.url, { username, password: PASSWORD, json: "true" });
  expect(told.answer.status()).toBe(403);
  expect(await sessionCookie(told.client)).toBeUndefined();
});

test("guessing is slowed down, whether the user exists or not", async () => {
  // A server of its own: the address of all tests is slowed down with it.
  const homing = await HomingServer.start();
  try {
    const guess = async () =>
      (await attemptSignIn(homing.url, { username: "nobody", password: "a wrong guess" })).answer;
    for (let time = 0; time < 6; time += 1) expect((await guess()).status()).toBe(302);
    const refused = await guess();
    expect(refused.status()).toBe(429);
    expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "rate_limited" } });
  } finally {
    await homing.dispose();
  }
});

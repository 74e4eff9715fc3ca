import { type BrowserContext, request } from "@playwright/test";
import { HomingServer } from "./support/homing-server";
import { expect, PASSWORD, signIn, test } from "./support/test";

/** What a plain HTTP client of the contract does; no browser, so no `Origin`. */
async function attempt(url: string, form: Record<string, string>) {
  const client = await request.newContext({ baseURL: url });
  const { csrfToken } = await (await client.get("/api/auth/csrf")).json();
  const answer = await client.post("/api/auth/callback/credentials", {
    form: { csrfToken, ...form },
    maxRedirects: 0,
  });
  return { client, csrfToken, answer };
}

const sessionCookie = async (context: Pick<BrowserContext, "storageState">) =>
  (await context.storageState()).cookies.find((cookie) => cookie.name === "next-auth.session-token");

test("set up, invite, join: each link works as often as it says", async ({ browser }) => {
  const homing = await HomingServer.start();
  try {
    const open = async (path: string) => {
      const page = await (await browser.newContext({ baseURL: homing.url })).newPage();
      await page.goto(path);
      return page;
    };
    const fillIn = async (page: Awaited<ReturnType<typeof open>>, name: string, username: string) => {
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByLabel("Username").fill(username);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    };

    const admin = await open("/login");
    await expect(admin.getByRole("heading", { name: "Almost ready" })).toBeVisible();
    await admin.goto(homing.setupLink());
    await fillIn(admin, "Grace", "grace");
    await admin.getByRole("button", { name: "Create the admin account" }).click();
    await admin.waitForURL("**/chat");
    const late = await open(homing.setupLink());
    await expect(late.getByRole("heading", { name: "This set-up link does not work" })).toBeVisible();

    await admin.goto("/admin/people");
    await admin.getByRole("button", { name: "New invitation" }).click();
    await admin.getByRole("button", { name: "Make the link" }).click();
    const link = await admin.getByLabel("Link", { exact: true }).inputValue();
    expect(link).toMatch(new RegExp(`^${homing.url}/join/[\\w-]{43}$`));

    const guest = await open(link);
    await fillIn(guest, "Ada", "grace");
    await guest.getByRole("button", { name: "Create account" }).click();
    await expect(guest.getByText("This username is taken.")).toBeVisible();
    await fillIn(guest, "Ada", "ada");
    await guest.getByRole("button", { name: "Create account" }).click();
    await guest.waitForURL("**/chat");
    expect((await guest.goto("/admin/people"))?.status()).toBe(404);
    const second = await open(link);
    await expect(second.getByRole("heading", { name: "This invitation does not work" })).toBeVisible();
  } finally {
    await homing.dispose();
  }
});

test("leads back to the page that was asked for, and nowhere else", async ({
  homing,
  newVisitor,
  signedIn,
}) => {
  const { username } = await signedIn("Ada");
  const { page } = await newVisitor();
  const submit = async () => {
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await page.goto("/settings");
  await submit();
  await page.waitForURL(`${homing.url}/settings`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You have signed out.")).toBeVisible();
  await page.goto(`/login?callbackUrl=${encodeURIComponent("//evil.example/chat")}`);
  await submit();
  await page.waitForURL(`${homing.url}/chat`);
});

test("works without JavaScript", async ({ homing, newVisitor, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { page } = await newVisitor({ javaScriptEnabled: false });
  await page.goto("/settings");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("The username or the password is not right.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${homing.url}/settings`);
});

test("a session that is ended elsewhere says so at once", async ({ homing, newVisitor, signedIn }) => {
  const { page, username } = await signedIn("Ada");
  const phone = await newVisitor({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  });
  await signIn(phone.context, homing, username);
  await phone.page.goto("/inbox");
  await page.goto("/settings");
  await page.getByRole("button", { name: "End the session: Safari on iPhone" }).click();
  await phone.page.waitForURL("**/login?*reason=revoked");
  await expect(phone.page.getByText("This session was ended from another device.")).toBeVisible();
});

test("a user whom an operator disables is signed out, and told why", async ({ homing, signedIn }) => {
  const { page, username } = await signedIn("Ada");
  await page.goto("/inbox");
  await homing.operate(["user", "disable", username]);
  await page.waitForURL("**/login?*reason=disabled");
  const told = await attempt(homing.url, { username, password: PASSWORD, json: "true" });
  expect(told.answer.status()).toBe(403);
  expect(await sessionCookie(told.client)).toBeUndefined();
});

test("plain clients sign in and out as the contract says", async ({ homing, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { client, csrfToken, answer } = await attempt(homing.url, {
    username: username.toUpperCase(),
    password: PASSWORD,
    callbackUrl: "https://evil.example/",
  });
  expect(answer.status()).toBe(302);
  expect(answer.headers().location).toBe(`${homing.url}/chat`);
  expect(await sessionCookie(client)).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await (await client.get("/api/auth/session")).json()).toMatchObject({ user: { username } });
  // The cookie as it was before signing out: the row decides, not the cookie.
  const kept = await request.newContext({ baseURL: homing.url, storageState: await client.storageState() });
  await client.post("/api/auth/signout", { form: { csrfToken }, maxRedirects: 0 });
  expect(await (await kept.get("/api/auth/session")).json()).toEqual({});
});

test("what is no proper attempt is refused", async ({ homing, signedIn }) => {
  const { username } = await signedIn("Ada");
  const right = { username, password: PASSWORD };
  const forged = await attempt(homing.url, { ...right, csrfToken: "forged" });
  expect(await sessionCookie(forged.client)).toBeUndefined();
  const huge = await attempt(homing.url, { ...right, password: "x".repeat(1_000_000) });
  expect(huge.answer.status()).toBe(413);
  for (const password of ["", "with\0NUL", "__proto__", "x".repeat(2_000)]) {
    const { client, answer } = await attempt(homing.url, { ...right, password, json: "true" });
    expect(answer.status()).toBe(401);
    expect(await sessionCookie(client)).toBeUndefined();
  }
  const { client } = await attempt(homing.url, {});
  const foreign = await client.post("/api/auth/callback/credentials", {
    form: right,
    headers: { Origin: "https://evil.example" },
  });
  expect(foreign.status()).toBe(403);
});

test("guessing is slowed down, whether the user exists or not", async () => {
  // A server of its own: the address of all tests is slowed down with it.
  const homing = await HomingServer.start();
  try {
    const guess = async () =>
      (await attempt(homing.url, { username: "nobody", password: "a wrong guess" })).answer;
    for (let time = 0; time < 6; time += 1) expect((await guess()).status()).toBe(302);
    const refused = await guess();
    expect(refused.status()).toBe(429);
    expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "rate_limited" } });
  } finally {
    await homing.dispose();
  }
});

import type { Page } from "@playwright/test";
import { expect, test, type Visitor } from "./support/test";

/** Finds somebody by the search and opens the conversation with them. */
async function talkTo(page: Page, name: string): Promise<void> {
  await page.goto("/chat");
  await page.getByLabel("Search people and conversations").fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
  await expect(page.getByLabel(`Write to ${name}`)).toBeVisible();
}

async function write(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel(`Write to ${name}`).fill(text);
  await page.keyboard.press("Enter");
}

const messages = (page: Page) => page.getByRole("log", { name: "Messages" });
const shown = (page: Page, text: string) => messages(page).getByText(text, { exact: true });

/** Whether the browser can open the chat without a server. */
async function keptForOffline({ page }: Visitor): Promise<void> {
  await expect
    .poll(() => page.evaluate(async () => (await caches.match("/chat", { ignoreVary: true })) !== undefined))
    .toBe(true);
}

/** The line was cut on purpose, and the browser says so; nothing else may be in its console. */
function forgiveTheCut(consoleErrors: string[]): void {
  const others = consoleErrors.filter((text) => !/ERR_CONNECTION_|^WebSocket connection to/.test(text));
  expect(others).toEqual([]);
  consoleErrors.length = 0;
}

test.describe("while the server is away", () => {
  test("what is typed is pending, survives a reload, and is sent once", async ({
    homing,
    signedIn,
    consoleErrors,
  }) => {
    const ada = await signedIn("Ada");
    const ben = await signedIn("Ben");
    await talkTo(ada.page, "Ben");
    await write(ada.page, "Ben", "while all is well");
    await expect(messages(ada.page).getByText("Sent", { exact: true })).toHaveCount(1);
    await keptForOffline(ada);

    await homing.kill("SIGKILL");
    await write(ada.page, "Ben", "into the void");
    await write(ada.page, "Ben", "and again");
    await expect(messages(ada.page).getByText("Waiting to be sent")).toHaveCount(2);
    await expect(ada.page.getByText("You are offline.")).toBeVisible();

    await ada.page.reload();
    await expect(shown(ada.page, "while all is well")).toBeVisible();
    await expect(shown(ada.page, "into the void")).toBeVisible();
    await expect(messages(ada.page).getByText("Waiting to be sent")).toHaveCount(2);

    await homing.resume();
    await expect(messages(ada.page).getByText("Waiting to be sent")).toHaveCount(0, { timeout: 20_000 });
    await talkTo(ben.page, "Ada");
    for (const text of ["while all is well", "into the void", "and again"]) {
      await expect(shown(ben.page, text)).toHaveCount(1);
      await expect(shown(ada.page, text)).toHaveCount(1);
    }
    forgiveTheCut(consoleErrors);
  });

  test("what is typed in one tab is seen in the other, and arrives once", async ({
    homing,
    signedIn,
    consoleErrors,
  }) => {
    const cleo = await signedIn("Cleo");
    const dan = await signedIn("Dan");
    await talkTo(cleo.page, "Dan");
    const second = await cleo.context.newPage();
    await second.goto(cleo.page.url());
    await expect(second.getByLabel("Write to Dan")).toBeVisible();

    await homing.kill("SIGKILL");
    await write(cleo.page, "Dan", "from the first tab");
    await expect(shown(second, "from the first tab")).toBeVisible();
    await write(second, "Dan", "from the second tab");
    await expect(shown(cleo.page, "from the second tab")).toBeVisible();
    await homing.resume();
    for (const page of [cleo.page, second]) {
      await expect(messages(page).getByText("Waiting to be sent")).toHaveCount(0, { timeout: 20_000 });
    }
    await talkTo(dan.page, "Cleo");
    for (const text of ["from the first tab", "from the second tab"]) {
      for (const page of [cleo.page, second, dan.page]) await expect(shown(page, text)).toHaveCount(1);
    }
    forgiveTheCut(consoleErrors);
  });

  test("nothing is shown of who signed out", async ({ homing, signedIn, consoleErrors }) => {
    const eve = await signedIn("Eve");
    await eve.page.goto("/chat");
    await keptForOffline(eve);
    await eve.page.getByRole("button", { name: /Eve/ }).first().click();
    await eve.page.getByRole("menuitem", { name: "Sign out" }).click();
    await eve.page.waitForURL(/\/login/);
    await homing.kill("SIGKILL");
    await expect(eve.page.goto("/chat")).rejects.toThrow();
    const databases = eve.page.evaluate(() => caches.keys());
    await expect(databases.catch(() => [])).resolves.not.toContain("homing-pages-1");
    await homing.resume();
    forgiveTheCut(consoleErrors);
  });
});

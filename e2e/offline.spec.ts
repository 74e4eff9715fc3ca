import { composer, meet, messages, messageWith, say } from "./support/chat";
import { forgiveTheCut } from "./support/console";
import { expect, test, type Visitor } from "./support/test";

/** Whether the browser can open the chat without a server. */
async function keptForOffline({ page }: Visitor): Promise<void> {
  await expect
    .poll(() => page.evaluate(async () => (await caches.match("/chat", { ignoreVary: true })) !== undefined))
    .toBe(true);
}

const waiting = ({ page }: Pick<Visitor, "page">) => messages(page).getByText("Waiting to be sent");
/** Coming back takes as long as the browser waits between two attempts. */
const BACK_WITHIN = { timeout: 20_000 };

test.describe("while the server is away", () => {
  test("what is typed is pending, survives a reload, and is sent once", async ({
    homing,
    signedIn,
    consoleErrors,
  }) => {
    const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
    const address = await meet(ada, ben);
    await say(ada.page, "while all is well");
    await expect(messages(ada.page).getByText("Sent", { exact: true })).toHaveCount(1);
    await keptForOffline(ada);

    await homing.kill("SIGKILL");
    await say(ada.page, "into the void");
    await say(ada.page, "and again");
    await expect(waiting(ada)).toHaveCount(2);
    await expect(ada.page.getByText("You are offline.")).toBeVisible();

    await ada.page.reload();
    await expect(messageWith(ada.page, "while all is well")).toBeVisible();
    await expect(messages(ada.page).getByText("into the void", { exact: true })).toBeVisible();
    await expect(waiting(ada)).toHaveCount(2);

    await homing.resume();
    await expect(waiting(ada)).toHaveCount(0, BACK_WITHIN);
    await ben.page.goto(address);
    for (const { page } of [ada, ben]) {
      const texts = [/while all is well/, /into the void/, /and again/];
      await expect(messages(page).getByRole("article")).toHaveText(texts);
    }
    forgiveTheCut(consoleErrors);
  });

  test("what is typed in one tab is seen in the other, and arrives once", async ({
    homing,
    signedIn,
    consoleErrors,
  }) => {
    const [cleo, dan] = [await signedIn("Cleo"), await signedIn("Dan")];
    const address = await meet(cleo, dan);
    const second = await cleo.context.newPage();
    await second.goto(address);
    await expect(composer(second)).toBeVisible();

    await homing.kill("SIGKILL");
    await say(cleo.page, "from the first tab");
    await expect(messages(second).getByText("from the first tab")).toBeVisible();
    await say(second, "from the second tab");
    await expect(messages(cleo.page).getByText("from the second tab")).toBeVisible();
    await homing.resume();
    for (const page of [cleo.page, second]) await expect(waiting({ page })).toHaveCount(0, BACK_WITHIN);
    await dan.page.goto(address);
    for (const page of [cleo.page, second, dan.page]) {
      const texts = [/from the first tab/, /from the second tab/];
      await expect(messages(page).getByRole("article")).toHaveText(texts);
    }
    forgiveTheCut(consoleErrors);
  });

  test("nothing is shown of who signed out", async ({ homing, signedIn, consoleErrors }) => {
    const eve = await signedIn("Eve");
    await eve.page.goto("/chat");
    await keptForOffline(eve);
    await eve.page.getByRole("button", { name: "Account of Eve" }).click();
    await eve.page.getByRole("menuitem", { name: "Sign out" }).click();
    await eve.page.waitForURL(/\/login/);
    const kept = await eve.page.evaluate(async () => (await caches.match("/chat")) !== undefined);
    expect(kept).toBe(false);
    await homing.kill("SIGKILL");
    await expect(eve.page.goto("/chat")).rejects.toThrow();
    await homing.resume();
    forgiveTheCut(consoleErrors);
  });
});

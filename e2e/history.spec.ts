import { once } from "node:events";
import type { BrowserContext, Page } from "@playwright/test";
import { composer, meet, messages, messageWith, say } from "./support/chat";
import { writeLongHistory } from "./support/long-history";
import { expect, test } from "./support/test";

const LONG = 100_000;
/** However long a conversation is, only what is near the view is in the page. */
const MOST_ROWS = 150;

/** What stands above the first message of a day that is over: "Yesterday", "Saturday", "21 November". */
const DAY = /^(Yesterday|[A-Z][a-z]+day.*|\d{1,2} [A-Z].*)$/;

/** The numbers of the messages that are drawn, from top to bottom. */
async function numbersIn(page: Page): Promise<number[]> {
  return messages(page).evaluate((log) =>
    [...log.querySelectorAll("article")]
      .map((row) => ({ top: row.getBoundingClientRect().top, number: Number(row.dataset.seq) }))
      .sort((a, b) => a.top - b.top)
      .map(({ number }) => number),
  );
}

/** What is drawn is without hole, double and disorder, and says what was written. Gives the first and the last number. */
async function expectDense(page: Page): Promise<{ first: number; last: number }> {
  const numbers = await numbersIn(page);
  const first = numbers[0] ?? 0;
  expect(numbers).toEqual(numbers.map((_, index) => first + index));
  expect(numbers.length).toBeGreaterThan(3);
  expect(numbers.length).toBeLessThan(MOST_ROWS);
  const text = messages(page).locator(`article[data-seq="${first}"]`);
  await expect(text).toContainText(`message ${first}`);
  return { first, last: numbers.at(-1) ?? 0 };
}

/** Scrolls up by the wheel until the message is drawn; what was seen on the way follows without a hole. */
async function wheelUpTo(page: Page, number: number): Promise<void> {
  await messages(page).hover();
  let { first } = await expectDense(page);
  while (first > number) {
    await page.mouse.wheel(0, -600);
    await expect.poll(async () => (await numbersIn(page))[0] ?? first).toBeLessThan(first);
    const seen = await expectDense(page);
    expect(seen.last, "no message is skipped on the way up").toBeGreaterThanOrEqual(first - 1);
    first = seen.first;
  }
}

test("100,000 messages: up, back, and on, without a hole", async ({ homing, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await ada.page.close();
  await writeLongHistory(homing, address, LONG);
  const { page } = ben;
  await page.goto(address);
  await expect(messageWith(page, `message ${LONG}`)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Jump to the latest message/ })).toHaveCount(0);

  await wheelUpTo(page, LONG - 300);
  await expect(messages(page).getByText("This is where your conversation begins")).toHaveCount(0);

  await messages(page).focus();
  for (const key of ["PageUp", "Home"]) {
    const { first } = await expectDense(page);
    await page.keyboard.press(key);
    await expect.poll(async () => (await numbersIn(page))[0]).toBeLessThan(first);
  }
  const far = await expectDense(page);
  expect(far.first).toBeLessThan(LONG - 300);

  // What comes in does not move what one reads.
  const writer = await ada.context.newPage();
  await writer.goto(address);
  await say(writer, "And one more");
  await expect(page.getByRole("button", { name: "Jump to the latest message, 1 unread" })).toBeVisible();
  await expect(messageWith(page, "And one more")).toHaveCount(0);
  await page.getByRole("button", { name: /^Jump to the latest message/ }).click();
  await expect(messageWith(page, "And one more")).toBeVisible();
  await expect(messageWith(page, `message ${LONG}`)).toHaveCount(1);
  const latest = await numbersIn(page);
  expect(latest.at(-1)).toBe(LONG + 1);
  await expect(page.getByRole("button", { name: /^Jump to the latest message/ })).toHaveCount(0);
});

test("a conversation a little higher than the window opens at its end", async ({ homing, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await ada.page.close();
  await writeLongHistory(homing, address, 17);
  await ben.page.goto(address);
  await expect(messageWith(ben.page, "message 17")).toBeInViewport({ ratio: 1 });
  await ben.page.getByRole("button", { name: "Inbox" }).click();
  await expect(messageWith(ben.page, "message 17")).toBeInViewport({ ratio: 1 });
});

test("the beginning of a conversation is found by scrolling to it", async ({ homing, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await ada.page.close();
  await writeLongHistory(homing, address, 250);
  await ben.page.goto(address);
  await expect(messageWith(ben.page, "message 250")).toBeVisible();
  await wheelUpTo(ben.page, 1);
  await expect(messages(ben.page).getByText("This is where your conversation begins")).toBeVisible();
  await ben.page.reload();
  await expect(messageWith(ben.page, "message 250")).toBeVisible();
});

test("days are told apart, and what was unread stands below a line", async ({ homing, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await ben.page.goto(address);
  await expect(composer(ben.page)).toBeVisible();
  await ben.page.close();
  await ada.page.goto("/inbox");
  await writeLongHistory(homing, address, 120);
  await ada.page.goto(address);
  await expect(messageWith(ada.page, "message 120")).toBeVisible();
  for (const text of ["unread one", "unread two"]) await say(ada.page, text);
  await expect(messageWith(ada.page, "unread two").getByText(/^(Sent|Delivered)$/)).toBeAttached();

  const page = await ben.context.newPage();
  await page.goto(address);
  await expect(messages(page).getByText("New messages", { exact: true })).toHaveCount(1);
  const text = await messages(page).innerText();
  const places = ["message 120", "New messages", "unread one", "unread two"].map((part) =>
    text.indexOf(part),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  await wheelUpTo(page, 1);
  const days = messages(page).locator("time").filter({ hasText: DAY });
  await expect(days.first()).toBeVisible();
  await expect(messages(page).getByText("New messages", { exact: true })).toHaveCount(0);
});

/** Opens a page that shows what the browser kept, until `hear` has it hear the server. */
async function openUnheard(
  context: BrowserContext,
  address: string,
): Promise<{ page: Page; hear: () => void }> {
  const page = await context.newPage();
  const hearing = new AbortController();
  const heard = once(hearing.signal, "abort");
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await heard;
    socket.connectToServer();
  });
  // Long polling too, to which a page that waits for long goes over.
  await page.route(/socket\.io/, async (route) => {
    await heard;
    await route.continue();
  });
  await page.goto(address);
  return { page, hear: () => hearing.abort() };
}

test("what is unread stands below a line also where the browser kept an older state", async ({
  homing,
  signedIn,
}) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await writeLongHistory(homing, address, 60);
  await ben.page.goto(address);
  await expect(messageWith(ben.page, "message 60")).toBeVisible();
  // It is kept a moment later.
  await expect(async () => {
    const { page } = await openUnheard(ben.context, address);
    await expect(messageWith(page, "message 60")).toBeVisible({ timeout: 2_000 });
    await page.close();
  }).toPass();
  await ben.page.close();
  await ada.page.reload();
  for (const text of ["unread one", "unread two"]) await say(ada.page, text);
  await expect(messageWith(ada.page, "unread two").getByText(/^(Sent|Delivered)$/)).toBeAttached();

  const { page, hear } = await openUnheard(ben.context, address);
  await expect(messageWith(page, "message 60")).toBeVisible();
  await expect(messageWith(page, "unread one")).toHaveCount(0);
  hear();
  await expect(messageWith(page, "unread two")).toBeVisible();
  await expect(messages(page).getByText("New messages", { exact: true })).toHaveCount(1);
});

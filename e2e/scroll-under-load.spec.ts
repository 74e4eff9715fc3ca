import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { clientId, conversationId } from "@/lib/contract/ids";
import { seededRandom } from "./checker/random";
import { meet, messages, messageWith } from "./support/chat";
import { ContractClient } from "./support/contract-client";
import type { HomingServer } from "./support/homing-server";
import { writeLongHistory } from "./support/long-history";
import { sessionCookie } from "./support/plain-client";
import { firstInView, placeReader, type Reading, read } from "./support/reader";
import { expect, test, type Visitor } from "./support/test";

/** How many times slower than this machine the reader's is. */
const SLOWER = 4;
const HISTORY = 400;
const TRIALS = 3;
/** Rows that are measured for the first time may push what stands above them by one or two. */
const JITTER = 2;

const random = seededRandom(20);
/** A reader who scrolls up as soon as this is drawn, by at least ten messages. */
const reading = (from: string): Reading => ({
  from,
  steps: random.between(10, 30),
  stepPx: random.between(60, 180),
  everyFrames: random.between(1, 4),
});

async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
}

/** Writes messages of many heights, numbered on from the last. */
async function writerOf({ context }: Visitor, { url }: HomingServer, address: string) {
  const cookie = await sessionCookie(context);
  const client = await ContractClient.connect(url, {
    cookie: `${cookie?.name}=${cookie?.value}`,
    origin: url,
  });
  const place = { conversationId: conversationId.parse(address.split("/").at(-1)) };
  let written = HISTORY;
  return {
    last: () => `message ${written}`,
    async write(count: number) {
      for (let index = 0; index < count; index += 1) {
        written += 1;
        const body = `message ${written}${" and so on".repeat(random.between(0, 60))}`;
        await client.call("message:send", { ...place, clientId: clientId.parse(randomUUID()), body });
      }
    },
    close: () => client.close(),
  };
}

async function longTalk(homing: HomingServer, signedIn: (name: string) => Promise<Visitor>) {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ada, ben);
  await ada.page.close();
  await writeLongHistory(homing, address, HISTORY);
  const writer = await writerOf(ada, homing, address);
  return { ben, address, writer };
}

async function expectUndisturbed(page: Page): Promise<void> {
  const { thrownBack, began, ended } = await read(page);
  expect.soft(thrownBack, "by so many messages the reader was thrown back").toBeLessThanOrEqual(JITTER);
  expect.soft(ended, "the reader got up").toBeLessThan(began);
}

test.describe("a reader on a slow machine scrolls up", () => {
  test.describe.configure({ timeout: 180_000 });

  for (const unread of [0, 2, 25])
    test(`as a conversation opens with ${unread} unread`, async ({ homing, signedIn }) => {
      const { ben, address, writer } = await longTalk(homing, signedIn);
      await ben.page.close();
      for (let trial = 0; trial < TRIALS; trial += 1) {
        await writer.write(unread);
        const page = await ben.context.newPage();
        await slowDown(page);
        await placeReader(page, reading(unread > 0 ? "New messages" : writer.last()), "next page");
        await page.goto(address);
        await expectUndisturbed(page);
        await page.getByRole("button", { name: /^Jump to the latest message/ }).click();
        await expect(messageWith(page, writer.last())).toBeInViewport();
        await expect(page.getByRole("button", { name: /^Jump to the latest message/ })).toHaveCount(0);
        await page.close();
      }
      writer.close();
    });

  test("by one turn of the wheel, and stays there when a message arrives", async ({ homing, signedIn }) => {
    const { ben, address, writer } = await longTalk(homing, signedIn);
    const { page } = ben;
    await slowDown(page);
    await page.goto(address);
    for (let trial = 0; trial < TRIALS; trial += 1) {
      await placeReader(page, { ...reading(writer.last()), flick: true }, "now");
      await expectUndisturbed(page);
      const place = await firstInView(page);
      await writer.write(1);
      const jump = page.getByRole("button", { name: "Jump to the latest message, 1 unread" });
      await expect(jump).toBeVisible();
      expect(await firstInView(page)).toBe(place);
      await jump.click();
      await expect(messageWith(page, writer.last())).toBeInViewport();
    }
    writer.close();
  });

  test("after a jump to the latest message, while messages arrive and older ones come in", async ({
    homing,
    signedIn,
  }) => {
    const { ben, address, writer } = await longTalk(homing, signedIn);
    const { page } = ben;
    await slowDown(page);
    await page.goto(address);
    await expect(messageWith(page, writer.last())).toBeInViewport();
    for (let trial = 0; trial < TRIALS; trial += 1) {
      await placeReader(page, reading(writer.last()), "now");
      await writer.write(random.between(1, 6));
      await expectUndisturbed(page);
      const jump = page.getByRole("button", { name: /^Jump to the latest message/ });
      await jump.click();
      await expect(messages(page).getByText(writer.last())).toBeInViewport();
      await expect(jump).toHaveCount(0);
    }
    writer.close();
  });
});

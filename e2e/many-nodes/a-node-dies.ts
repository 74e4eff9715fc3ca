import type { Page } from "@playwright/test";
import { meet, messages, messageWith, say } from "../support/chat";
import { addressOf, nodeBehindBalancer, openTab, othersThan, test } from "../support/cluster-test";
import { forgiveTheCut } from "../support/console";
import { expect } from "../support/test";

/** From the death of a node until its people are served by another one. */
const BACK_WITHIN = { timeout: 5_000 };
/** The list draws what is in view: all of it. */
const TALL = { viewport: { width: 1_280, height: 1_600 } };
const FROM_ADA = ["Ada's first", "Ada's second", "Ada's third"];
const FROM_BEN = ["Ben's first", "Ben's second", "Ben's third"];

/** `kill -9` of the node that holds somebody's page. */
export function survivesTheDeathOfItsNode(): void {
  test("a page is back within 5 s of its node's death; nothing is lost, doubled or out of order", async ({
    cluster,
    signedIn,
    consoleErrors,
  }) => {
    const [ada, ben] = [await signedIn("Ada", TALL), await signedIn("Ben", TALL)];
    const address = await meet(ada, ben);
    const dying = await nodeBehindBalancer(cluster);
    const [second, third] = othersThan(dying);
    await ben.page.goto(addressOf(cluster, second) + address);
    const tab = await openTab(ada.page, addressOf(cluster, third) + address);
    await say(ada.page, "Before");
    for (const page of [ben.page, tab]) await expect(messageWith(page, "Before")).toBeVisible();

    const [adasLast = "", bensLast = ""] = [FROM_ADA.at(-1), FROM_BEN.at(-1)];
    // Some of these are in flight when the node dies.
    await Promise.all([sayAll(ada.page, FROM_ADA.slice(0, -1)), sayAll(ben.page, FROM_BEN.slice(0, -1))]);
    // All of this is counted from the kill: to notice, to come back, and the way of what was written meanwhile.
    await Promise.all([
      cluster.command(`kill ${dying}`, new RegExp(`node-${dying} is killed`)),
      say(ada.page, adasLast),
      say(ben.page, bensLast),
      expect(messageWith(ben.page, adasLast)).toBeVisible(BACK_WITHIN),
      expect(messageWith(ada.page, bensLast)).toBeVisible(BACK_WITHIN),
    ]);
    await expect(ada.page.getByText("You are offline.")).toHaveCount(0);
    await expect(messages(ada.page).getByText("Waiting to be sent")).toHaveCount(0);
    await say(ada.page, "After, from Ada");
    await expect(messageWith(ben.page, "After, from Ada")).toBeVisible();
    await say(ben.page, "After, from Ben");
    await expect(messageWith(ada.page, "After, from Ben")).toBeVisible();
    await cluster.command(`start ${dying}`, new RegExp(`node-${dying} is ready`));

    const order = await wordsOf(ben.page);
    expect(order.filter((words) => FROM_ADA.includes(words))).toEqual(FROM_ADA);
    expect(order.filter((words) => FROM_BEN.includes(words))).toEqual(FROM_BEN);
    expect([order.at(0), ...order.slice(-2)]).toEqual(["Before", "After, from Ada", "After, from Ben"]);
    expect(order).toHaveLength(FROM_ADA.length + FROM_BEN.length + 3);
    for (const page of [ada.page, tab]) await expect.poll(() => wordsOf(page)).toEqual(order);
    forgiveTheCut(consoleErrors);
  });
}

async function sayAll(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await say(page, text);
}

/** What the messages on the page say, from the top, without their time and ticks. */
async function wordsOf(page: Page): Promise<string[]> {
  const texts = await messages(page).getByRole("article").allTextContents();
  return texts.map((text) => /^(Before|After, from \w{3}|\w{3}'s [a-z]+?)(?=\d|$)/.exec(text)?.[0] ?? text);
}

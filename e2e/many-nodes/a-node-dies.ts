import { composer, meet, messages, messageWith, say } from "../support/chat";
import { addressOf, nodeBehindBalancer, openTab, othersThan, test } from "../support/cluster-test";
import { forgiveTheCut } from "../support/console";
import { expect } from "../support/test";

/** From the death of a node until its people are served by another one. */
const BACK_WITHIN = { timeout: 5_000 };

/** `kill -9` of the node that holds somebody's page. */
export function survivesTheDeathOfItsNode(): void {
  test("a page is back within 5 s of its node's death; nothing is lost, doubled or out of order", async ({
    cluster,
    signedIn,
    consoleErrors,
  }) => {
    const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
    const address = await meet(ada, ben);
    const dying = await nodeBehindBalancer(cluster);
    const [second, third] = othersThan(dying);
    await ben.page.goto(addressOf(cluster, second) + address);
    const tab = await openTab(ada.page, addressOf(cluster, third) + address);
    await say(ada.page, "Before");
    for (const page of [ben.page, tab]) await expect(messageWith(page, "Before")).toBeVisible();

    await cluster.command(`kill ${dying}`, new RegExp(`node-${dying} is killed`));
    await Promise.all([
      typeWhileAway(),
      expect(messageWith(ada.page, "From Ben at once")).toBeVisible(BACK_WITHIN),
      expect(messageWith(ben.page, "From Ada at once")).toBeVisible(BACK_WITHIN),
      expect(messageWith(ben.page, "From Ada again")).toBeVisible(BACK_WITHIN),
    ]);
    await expect(ada.page.getByText("You are offline.")).toHaveCount(0);
    await expect(messages(ada.page).getByText("Waiting to be sent")).toHaveCount(0);

    await say(ada.page, "After, from Ada");
    await expect(messageWith(ben.page, "After, from Ada")).toBeVisible();
    await say(ben.page, "After, from Ben");
    await expect(messageWith(ada.page, "After, from Ben")).toBeVisible();
    await cluster.command(`start ${dying}`, new RegExp(`node-${dying} is ready`));

    const order = await messages(ben.page).getByRole("article").allTextContents();
    const texts = ["Before", "From Ben at once", "From Ada at once", "From Ada again", "After, from Ada"];
    for (const text of texts) expect(order.filter((seen) => seen.includes(text))).toHaveLength(1);
    const place = (text: string) => order.findIndex((seen) => seen.includes(text));
    expect(place("From Ada again")).toBeGreaterThan(place("From Ada at once"));
    expect(order.at(-1)).toContain("After, from Ben");
    const theSame = [/Before/, /From/, /From/, /From/, /After, from Ada/, /After, from Ben/];
    for (const page of [ada.page, ben.page, tab]) {
      await expect(messages(page).getByRole("article")).toHaveText(theSame);
    }
    forgiveTheCut(consoleErrors);

    async function typeWhileAway(): Promise<void> {
      await say(ada.page, "From Ada at once");
      await say(ada.page, "From Ada again");
      await say(ben.page, "From Ben at once");
      await expect(composer(ada.page)).toBeEditable();
    }
  });
}

import type { Page } from "@playwright/test";
import type { RunningCluster } from "../deploy/running-cluster";
import { badge, composer, meet, messages, messageWith, noBadge, rowOf, say } from "../support/chat";
import { addressOf, openTab, test } from "../support/cluster-test";
import { ownTime } from "../support/own-time";
import { expect, type Visitor } from "../support/test";

type SignedIn = (name: string, options: { baseURL: string }) => Promise<Visitor>;

/** Ada's browser is at the first node, Ben's at the second one. */
async function twoNodes(cluster: RunningCluster, signedIn: SignedIn): Promise<[Visitor, Visitor]> {
  return [
    await signedIn("Ada", { baseURL: addressOf(cluster, 1) }),
    await signedIn("Ben", { baseURL: addressOf(cluster, 2) }),
  ];
}

const tick = (page: Page, text: string, state: "Sent" | "Delivered" | "Read") =>
  messageWith(page, text).getByText(state, { exact: true });

/** What a screen reader was told last. */
const announced = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });

/** Two people on two nodes, and a tab of one of them on the third. */
export function keepsAllInStep(): void {
  test("messages go both ways with their ticks, and the tab on the third node follows", async ({
    cluster,
    signedIn,
  }) => {
    const [ada, ben] = await twoNodes(cluster, signedIn);
    const address = await meet(ada, ben);
    await say(ada.page, "Are you there?");
    await expect(tick(ada.page, "Are you there?", "Sent")).toBeAttached();

    const third = await openTab(ben.page, `${addressOf(cluster, 3)}/chat`);
    await expect(tick(ada.page, "Are you there?", "Delivered")).toBeAttached();
    await ben.page.goto("/chat");
    for (const page of [ben.page, third]) await expect(badge(page, 1)).toBeAttached();
    await expect(rowOf(third, "Ada").getByText("1 unread")).toBeAttached();
    await rowOf(ben.page, "Ada").click();
    await expect(messageWith(ben.page, "Are you there?")).toBeVisible();
    await expect(tick(ada.page, "Are you there?", "Read")).toBeAttached();
    await expect(noBadge(third)).toHaveCount(0);
    await expect(rowOf(third, "Ada").getByText("unread")).toHaveCount(0);

    await third.goto(`${addressOf(cluster, 3)}${address}`);
    await say(ben.page, "Right here.");
    for (const page of [ada.page, third]) await expect(messageWith(page, "Right here.")).toBeVisible();
    for (const page of [ben.page, third]) await expect(tick(page, "Right here.", "Read")).toBeAttached();
    await say(third, "And there.");
    for (const page of [ada.page, ben.page]) await expect(messageWith(page, "And there.")).toBeVisible();
    for (const page of [ben.page, third]) await expect(tick(page, "And there.", "Read")).toBeAttached();
    for (const page of [ada.page, ben.page, third]) {
      const texts = [/Are you there\?/, /Right here\./, /And there\./];
      await expect(messages(page).getByRole("article")).toHaveText(texts);
    }
  });

  test("an edited message is the new one on every node, and a deleted one is gone", async ({
    cluster,
    signedIn,
  }) => {
    const [ada, ben] = await twoNodes(cluster, signedIn);
    const address = await meet(ada, ben);
    await ben.page.goto(address);
    const third = await openTab(ben.page, `${addressOf(cluster, 3)}${address}`);
    const everywhere = [ada.page, ben.page, third];
    await expect(composer(third)).toBeVisible();
    for (const text of ["See you at noon", "The key is below the mat"]) {
      await say(ada.page, text);
      for (const page of everywhere) await expect(messageWith(page, text)).toBeVisible();
      for (const page of [ben.page, third]) await expect(announced(page, text)).toBeAttached();
    }

    await messageWith(ada.page, "See you at noon").hover();
    await messageWith(ada.page, "See you at noon").getByRole("button", { name: "Edit" }).click();
    const editor = ada.page.getByRole("textbox", { name: "Edit message" });
    await editor.fill("See you at one");
    await editor.press("Enter");
    for (const page of everywhere) {
      await expect(messageWith(page, "See you at one").getByText("edited")).toBeVisible();
      await expect(messages(page).getByText("See you at noon")).toHaveCount(0);
    }

    await messageWith(ada.page, "The key").hover();
    await messageWith(ada.page, "The key").getByRole("button", { name: "More", exact: true }).click();
    await ada.page.getByRole("menuitem", { name: "Delete" }).click();
    await ada.page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    for (const page of everywhere) {
      await expect(messages(page).getByText("Message deleted")).toBeVisible();
      await expect(page.getByText("The key")).toHaveCount(0);
      await expect(messages(page).getByRole("article")).toHaveCount(2);
    }
  });

  test("what waits for who was away is read on one node, and then on the other", async ({
    cluster,
    signedIn,
  }) => {
    const [ada, ben] = await twoNodes(cluster, signedIn);
    await ben.page.goto("/inbox");
    const third = await openTab(ben.page, `${addressOf(cluster, 3)}/chat`);
    await expect(ben.page.getByText("All caught up")).toBeVisible();
    await meet(ada, ben);
    for (const text of ["First", "Second", "Third"]) await say(ada.page, text);

    const card = ben.page.getByRole("article", { name: "Ada" });
    await expect(card.getByRole("listitem")).toHaveText([/First/, /Second/, /Third/]);
    await expect(ben.page).toHaveTitle("(3) Inbox · Homing");
    await expect(third).toHaveTitle("(3) Chats · Homing");
    for (const page of [ben.page, third]) await expect(badge(page, 3)).toBeAttached();
    await expect(rowOf(third, "Ada").getByText("3 unread")).toBeAttached();

    await card.getByRole("button", { name: "Mark read" }).click();
    await expect(ben.page.getByText("All caught up")).toBeVisible();
    for (const page of [ben.page, third]) await expect(noBadge(page)).toHaveCount(0);
    await expect(third).toHaveTitle("Chats · Homing");
    await expect(rowOf(third, "Ada").getByText("unread")).toHaveCount(0);
    await expect(tick(ada.page, "Third", "Read")).toBeAttached();

    const done = ben.page.getByRole("listitem").filter({ hasText: "Ada is read" });
    await done.getByRole("button", { name: "Mark unread" }).click();
    for (const page of [ben.page, third]) await expect(badge(page, 3)).toBeAttached();
  });

  test("who does nothing at any tab on any node is away, and online with the first thing they do at one", async ({
    cluster,
    signedIn,
  }) => {
    const [ada, ben] = await twoNodes(cluster, signedIn);
    const address = await meet(ada, ben);
    const state = (text: "Online" | "Away") =>
      ada.page.locator("header").filter({ hasText: "Ben" }).locator("p").getByText(text, { exact: true });
    const time = await ownTime(ben);
    await ben.page.goto(address);
    const third = await openTab(ben.page, `${addressOf(cluster, 3)}${address}`);
    await expect(composer(third)).toBeVisible();
    await expect(state("Online")).toBeVisible();
    await time.pass("04:00");
    await composer(third).press("a");
    await time.pass("02:00");
    await say(ada.page, "Nobody at one, somebody at the other");
    await expect(messageWith(third, "Nobody at one")).toBeVisible();
    await expect(state("Online")).toBeVisible();

    await time.pass("03:05");
    await expect(state("Away")).toBeVisible({ timeout: 20_000 });
    await composer(ben.page).press("a");
    await expect(state("Online")).toBeVisible();
    await ben.page.close();
    await expect(state("Away")).toBeVisible({ timeout: 20_000 });
  });

  test("who has a tab on any node is online, and who has none was seen just now", async ({
    cluster,
    signedIn,
  }) => {
    const [ada, ben] = await twoNodes(cluster, signedIn);
    const address = await meet(ada, ben);
    const header = ada.page.locator("header").filter({ hasText: "Ben" });
    const online = header.getByText("Online", { exact: true }).first();
    await expect(online).toHaveCount(0);
    await ben.page.goto(address);
    await expect(online).toBeVisible();
    const third = await openTab(ben.page, `${addressOf(cluster, 3)}${address}`);
    await expect(composer(third)).toBeVisible();
    await say(third, "On two nodes");
    await expect(tick(third, "On two nodes", "Read")).toBeAttached();
    await ben.page.close();
    await say(third, "And on one");
    await expect(tick(third, "And on one", "Read")).toBeAttached();
    await expect(online).toBeVisible();
    await third.close();
    await expect(header.getByText("Last seen just now")).toBeVisible();
  });
}

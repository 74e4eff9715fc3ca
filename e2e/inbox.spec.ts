import type { Page } from "@playwright/test";
import { badge, composer, meet, meetFaceToFace, messageWith, noBadge, rowOf, say } from "./support/chat";
import { forgiveTheCut } from "./support/console";
import { expect, test, type Visitor } from "./support/test";

const total = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });
const card = (page: Page, name: string) => page.getByRole("article", { name });
const caughtUp = (page: Page) => page.getByText("All caught up");
/** What is left of a conversation that was put aside. */
const doneLine = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ hasText: `${name} is read` });

const TAKEN = /^(Sent|Delivered|Read)$/;

/** `writer` writes to `away`, whose browser shows nothing. */
async function writeTo(writer: Visitor, away: Visitor, ...texts: string[]): Promise<void> {
  await meet(writer, away);
  for (const text of texts) await say(writer.page, text);
  await expect(messageWith(writer.page, texts.at(-1) ?? "").getByText(TAKEN)).toBeAttached();
}

test("three messages wait for who was away; read in one tab, they are read in the other", async ({
  signedIn,
}) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await ben.page.close();
  await writeTo(ada, ben, "First", "Second", "Third");

  const [inbox, chat] = [await ben.context.newPage(), await ben.context.newPage()];
  await inbox.goto("/inbox");
  await chat.goto("/chat");
  await expect(total(inbox, "3 unread in 1 conversation")).toBeVisible();
  await expect(card(inbox, "Ada").getByRole("listitem")).toHaveText([/First/, /Second/, /Third/]);
  await expect(inbox).toHaveTitle("(3) Inbox · Homing");
  for (const page of [inbox, chat]) await expect(badge(page, 3)).toBeAttached();
  await expect(rowOf(chat, "Ada").getByText("3 unread")).toBeAttached();
  // Looking at the inbox reads nothing.
  await expect(messageWith(ada.page, "Third").getByText("Delivered")).toBeAttached();

  await card(inbox, "Ada").getByRole("button", { name: "Mark read" }).click();
  await expect(caughtUp(inbox)).toBeVisible();
  for (const page of [inbox, chat]) await expect(noBadge(page)).toHaveCount(0);
  await expect(rowOf(chat, "Ada").getByText("unread")).toHaveCount(0);
  await expect(chat).toHaveTitle("Chats · Homing");
  await expect(messageWith(ada.page, "Third").getByText("Read", { exact: true })).toBeAttached();

  await doneLine(inbox, "Ada").getByRole("button", { name: "Mark unread" }).click();
  await expect(card(inbox, "Ada")).toBeVisible();
  for (const page of [inbox, chat]) await expect(badge(page, 3)).toBeAttached();
  await inbox.reload();
  await expect(total(inbox, "3 unread in 1 conversation")).toBeVisible();
});

test("all is marked as read at once, and can be taken back", async ({ signedIn }) => {
  const [ada, ben, cleo] = [await signedIn("Ada"), await signedIn("Ben"), await signedIn("Cleo")];
  await writeTo(ada, ben, "From Ada", "Again");
  await writeTo(cleo, ben, "From Cleo");
  await ben.page.goto("/inbox");
  const other = await ben.context.newPage();
  await other.goto("/inbox");
  // The latest first.
  await expect(ben.page.getByRole("article")).toHaveText([/From Cleo/, /From Ada/]);
  await ben.page.getByRole("button", { name: "Mark all read" }).click();
  for (const page of [ben.page, other]) {
    await expect(caughtUp(page)).toBeVisible();
    await expect(noBadge(page)).toHaveCount(0);
  }
  await ben.page.getByRole("button", { name: "Undo" }).click();
  for (const page of [ben.page, other]) {
    await expect(badge(page, 3)).toBeAttached();
    await expect(total(page, "3 unread in 2 conversations")).toBeVisible();
  }
});

test("an answer is given in place, and what comes in appears", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await ben.page.goto("/inbox");
  await expect(caughtUp(ben.page)).toBeVisible();
  await writeTo(ada, ben, "Tea or coffee?");
  await expect(card(ben.page, "Ada").getByText("Tea or coffee?")).toBeVisible();

  await card(ben.page, "Ada").getByRole("button", { name: "Reply" }).click();
  await expect(composer(ben.page)).toBeFocused();
  await composer(ben.page).fill("Tea, please");
  await composer(ben.page).press("Enter");
  await expect(caughtUp(ben.page)).toBeVisible();
  await expect(messageWith(ada.page, "Tea, please")).toBeVisible();
  await expect(messageWith(ada.page, "Tea or coffee?").getByText("Read", { exact: true })).toBeAttached();
  await doneLine(ben.page, "Ada").getByRole("button", { name: "Ada" }).click();
  await expect(messageWith(ben.page, "Tea, please")).toHaveCount(1);
});

test("an answer whose fate is unknown is not doubled by sending it again", async ({
  signedIn,
  consoleErrors,
}) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await writeTo(ada, ben, "Tea or coffee?");
  await ben.page.goto("/inbox");
  await card(ben.page, "Ada").getByRole("button", { name: "Reply" }).click();
  await composer(ben.page).fill("Tea, please");
  // The server takes it, and its answer gets lost.
  const lose = (url: URL) => url.pathname === "/inbox";
  await ben.page.route(lose, async (route) => {
    if (route.request().headers()["next-action"] === undefined) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await composer(ben.page).press("Enter");
  await expect(messageWith(ada.page, "Tea, please")).toHaveCount(1);
  await expect(ben.page.getByText("The server cannot be reached right now.")).toBeVisible();
  await ben.page.unroute(lose);
  await composer(ben.page).press("Enter");
  await expect(caughtUp(ben.page)).toBeVisible();
  await say(ada.page, "One is enough");
  await expect(messageWith(ada.page, "Tea, please")).toHaveCount(1);
  forgiveTheCut(consoleErrors, /net::ERR_FAILED/);
});

test("one message is marked unread from the conversation", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meetFaceToFace(ada, ben);
  for (const text of ["One", "Two", "Three"]) await say(ada.page, text);
  await expect(messageWith(ada.page, "Three").getByText("Read", { exact: true })).toBeAttached();
  await messageWith(ben.page, "Two").hover();
  await messageWith(ben.page, "Two").getByRole("button", { name: "More" }).click();
  await ben.page.getByRole("menuitem", { name: "Mark unread from here" }).click();
  await expect(badge(ben.page, 2)).toBeAttached();
  await ben.page.goto("/inbox");
  await expect(card(ben.page, "Ada").getByRole("listitem")).toHaveText([/Two/, /Three/]);
});

test("the inbox stands beside the chat", async ({ signedIn }) => {
  const wide = { viewport: { width: 1440, height: 900 } };
  const [ada, ben, cleo] = [await signedIn("Ada"), await signedIn("Ben", wide), await signedIn("Cleo")];
  await meetFaceToFace(ada, ben);
  await ben.page.getByRole("button", { name: "Show the inbox" }).click();
  const panel = ben.page.getByRole("complementary", { name: "Inbox" });
  await expect(caughtUp(ben.page)).toBeVisible();
  await writeTo(cleo, ben, "Look here");
  await panel.getByRole("link", { name: "Cleo" }).click();
  await expect(messageWith(ben.page, "Look here")).toBeVisible();
  await expect(composer(ben.page)).toHaveAccessibleName("Write to Cleo");
  await expect(noBadge(ben.page)).toHaveCount(0);
  await expect(caughtUp(ben.page)).toBeVisible();
  await panel.getByRole("button", { name: "Hide the inbox" }).click();
  await expect(panel).toHaveCount(0);
});

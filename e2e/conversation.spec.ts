import {
  badge,
  composer,
  meet,
  meetFaceToFace,
  messages,
  messageWith,
  noBadge,
  openConversationWith,
  rowOf,
  say,
} from "./support/chat";
import { expect, test } from "./support/test";

test("messages go both ways at once, with ticks: sent, delivered, read", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meet(ada, ben);
  await say(ada.page, "Are you there?");
  await expect(messageWith(ada.page, "Are you there?").getByText("Sent", { exact: true })).toBeAttached();

  await ben.page.goto("/chat");
  await expect(messageWith(ada.page, "Are you there?").getByText("Delivered")).toBeAttached();
  await rowOf(ben.page, "Ada").click();
  await expect(messageWith(ben.page, "Are you there?")).toBeVisible();
  await expect(messageWith(ada.page, "Are you there?").getByText("Read", { exact: true })).toBeAttached();

  await say(ben.page, "Right here.");
  await expect(messageWith(ada.page, "Right here.")).toBeVisible();
  await expect(messageWith(ben.page, "Right here.").getByText("Read", { exact: true })).toBeAttached();
  await expect(messages(ada.page).getByRole("article")).toHaveText([/Are you there\?/, /Right here\./]);
  await expect(messages(ben.page).getByRole("article")).toHaveText([/Are you there\?/, /Right here\./]);
});

test("presence: online while there, last seen when gone", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meetFaceToFace(ada, ben);
  const header = ada.page.getByRole("banner").or(ada.page.locator("header")).filter({ hasText: "Ben" });
  await expect(header.getByText("Online", { exact: true }).first()).toBeVisible();
  const second = await ben.context.newPage();
  await second.goto("/chat");
  await ben.page.close();
  // The other tab lives, so the user never shows offline.
  await expect(header.getByText("Online", { exact: true }).first()).toBeVisible();
  await second.close();
  await expect(header.getByText("Last seen just now")).toBeVisible();
});

test("an edited message is the new one everywhere, and says so", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meetFaceToFace(ada, ben);
  await say(ada.page, "See you at noon");
  await expect(messageWith(ben.page, "See you at noon")).toBeVisible();

  await composer(ada.page).press("ArrowUp");
  const editor = ada.page.getByRole("textbox", { name: "Edit message" });
  await expect(editor).toHaveValue("See you at noon");
  await editor.press("Escape");
  await expect(composer(ada.page)).toHaveValue("");
  await messageWith(ada.page, "See you at noon").hover();
  await messageWith(ada.page, "See you at noon").getByRole("button", { name: "Edit" }).click();
  await editor.fill("See you at one");
  await editor.press("Enter");

  for (const { page } of [ada, ben]) {
    await expect(messages(page).getByRole("article")).toHaveCount(1);
    await expect(messageWith(page, "See you at one").getByText("edited")).toBeVisible();
    await expect(page.getByText("See you at noon")).toHaveCount(0);
  }
});

test("Enter sends, Shift+Enter breaks the line, blanks are nothing", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meetFaceToFace(ada, ben);
  const field = composer(ada.page);
  await expect(field).toBeFocused();
  const send = ada.page.getByRole("button", { name: "Send" });
  await field.pressSequentially("   ");
  await expect(send).toBeDisabled();
  await field.press("Enter");
  await expect(messages(ada.page).getByRole("article")).toHaveCount(0);

  const height = async () => (await field.boundingBox())?.height ?? 0;
  const before = await height();
  await field.fill("first line");
  await field.press("Shift+Enter");
  await field.pressSequentially("second line");
  await expect(field).toHaveValue("first line\nsecond line");
  expect(await height()).toBeGreaterThan(before);
  await field.press("Enter");
  await expect(field).toHaveValue("");
  await expect(messageWith(ben.page, /first line\nsecond line/)).toBeVisible();

  await field.fill("by the button");
  await send.click();
  await expect(messageWith(ben.page, "by the button")).toBeVisible();
});

test("8,000 characters are sent whole, one more is not", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await meetFaceToFace(ada, ben);
  const longest = `${"word ".repeat(1_599)}12345`;
  await composer(ada.page).fill(`${longest}6`);
  await expect(ada.page.getByText("-1", { exact: true })).toBeVisible();
  await expect(ada.page.getByRole("button", { name: "Send" })).toBeDisabled();
  await composer(ada.page).press("Enter");
  await expect(composer(ada.page)).toHaveValue(`${longest}6`);
  await expect(messages(ada.page).getByRole("article")).toHaveCount(0);

  await composer(ada.page).fill(longest);
  await composer(ada.page).press("Enter");
  const arrived = messageWith(ben.page, "12345").locator("p");
  await expect(arrived).toContainText(longest);
});

test("what is unread shows in the list, in the navigation and in the title", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  await ben.page.goto("/chat");
  await expect(ben.page.getByText("No conversations yet")).toBeVisible();
  await meet(ada, ben);
  await say(ada.page, "One");
  await say(ada.page, "Two");

  await expect(rowOf(ben.page, "Ada").getByText("2 unread")).toBeAttached();
  await expect(rowOf(ben.page, "Ada")).toContainText("Two");
  await expect(badge(ben.page, 2)).toBeAttached();
  await expect(ben.page).toHaveTitle("(2) Chats · Homing");
  await rowOf(ben.page, "Ada").click();
  await expect(ben.page).toHaveTitle("Ada · Homing");
  await expect(noBadge(ben.page)).toHaveCount(0);
  await expect(rowOf(ben.page, "Ada").getByText("unread")).toHaveCount(0);
});

test("a draft stays with its conversation, also over a reload", async ({ signedIn }) => {
  const [ada, ben, cleo] = [await signedIn("Ada"), await signedIn("Ben"), await signedIn("Cleo")];
  await meet(ada, ben);
  await composer(ada.page).fill("Not quite finish");
  await openConversationWith(ada.page, cleo.username);
  await expect(composer(ada.page)).toHaveValue("");
  await expect(rowOf(ada.page, "Ben")).toContainText("Draft: Not quite finish");

  await ada.page.reload();
  await expect(rowOf(ada.page, "Ben")).toContainText("Draft: Not quite finish");
  await rowOf(ada.page, "Ben").click();
  await expect(composer(ada.page)).toHaveValue("Not quite finish");
  await composer(ada.page).press("End");
  await composer(ada.page).pressSequentially("ed");
  await composer(ada.page).press("Enter");
  await expect(messageWith(ada.page, "Not quite finished")).toBeVisible();
  await rowOf(ada.page, "Cleo").click();
  await expect(rowOf(ada.page, "Ben")).toContainText("You: Not quite finished");
  await expect(ada.page.getByText("Draft:")).toHaveCount(0);
});

test("a second tab of the same user is in step", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meetFaceToFace(ada, ben);
  const second = await ada.context.newPage();
  await second.goto(address);
  await say(ada.page, "From the first tab");
  await expect(messageWith(second, "From the first tab")).toBeVisible();
  await say(second, "From the second tab");
  await expect(messageWith(ada.page, "From the second tab")).toBeVisible();
  await say(ben.page, "To both");
  for (const page of [ada.page, second]) await expect(messageWith(page, "To both")).toBeVisible();

  // What is read in one tab is read in the other.
  const third = await ben.context.newPage();
  await third.goto("/inbox");
  await ben.page.goto("/chat");
  await say(ada.page, "Unread at first");
  await expect(badge(third, 1)).toBeAttached();
  await rowOf(ben.page, "Ada").click();
  await expect(noBadge(third)).toHaveCount(0);
  await expect(messages(second).getByRole("article")).toHaveCount(4);
});

test("what people write is text, with links that give nothing away", async ({ signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("بن")];
  await meetFaceToFace(ada, ben);
  await say(ada.page, `<img src=x onerror="document.title='owned'"> & <b>bold</b>`);
  await expect(messageWith(ben.page, "<b>bold</b>")).toBeVisible();
  await say(ada.page, "Look at https://homing.example/a?b=c#d, and javascript:alert(1)");
  const links = messageWith(ben.page, "Look at").getByRole("link");
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", "https://homing.example/a?b=c#d");
  await expect(links).toHaveAttribute("rel", /noopener.*nofollow|nofollow.*noopener/);
  await expect(messages(ben.page).locator("img, b")).toHaveCount(0);
  await expect(ben.page).toHaveTitle("Ada · Homing");
});

test("somebody else's conversation looks like one that does not exist", async ({ signedIn }) => {
  const [ada, ben, eve] = [await signedIn("Ada"), await signedIn("Ben"), await signedIn("Eve")];
  const address = await meet(ada, ben);
  await say(ada.page, "Between us");
  for (const path of [address, "/chat/00000000-0000-4000-8000-000000000000", "/chat/not-an-id"]) {
    await eve.page.goto(path);
    await expect(eve.page.getByText("This conversation is not there")).toBeVisible();
    await expect(composer(eve.page)).toHaveCount(0);
    await expect(eve.page.getByText("Between us")).toHaveCount(0);
  }
  await expect(eve.page.getByText("No conversations yet")).toBeVisible();
});

import type { Locator, Page } from "@playwright/test";
import { expect, type Visitor } from "./test";

/** What somebody sees and uses in the chat, by the words that they see. */
export const composer = (page: Page): Locator => page.getByRole("textbox", { name: /^Write to / });
export const messages = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
export const messageWith = (page: Page, text: string | RegExp): Locator =>
  messages(page).getByRole("article").filter({ hasText: text });
export const searchField = (page: Page): Locator =>
  page.getByRole("combobox", { name: "Search people and conversations" });
/** The row of a conversation in the list on the left. */
export const rowOf = (page: Page, name: string): Locator => page.getByRole("link", { name });
/** How many unread messages the navigation says there are; it says nothing when there are none. */
export const badge = (page: Page, count: number): Locator =>
  page
    .getByRole("navigation", { name: "Main" })
    .getByText(`${count} unread ${count === 1 ? "message" : "messages"}`);
export const noBadge = (page: Page): Locator =>
  page.getByRole("navigation", { name: "Main" }).getByText(/unread/);

/** Finds somebody by their username and opens the conversation with them. The page shows the chat already. */
export async function openConversationWith(page: Page, username: string): Promise<void> {
  await searchField(page).fill(username);
  await page.getByRole("option", { name: `@${username}` }).click();
  await expect(composer(page)).toBeVisible();
}

/** Types a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue("");
}

/** Both at the chat, `one` with the conversation open. Gives its address. */
export async function meet(one: Visitor, other: Visitor): Promise<string> {
  await one.page.goto("/chat");
  await openConversationWith(one.page, other.username);
  const address = new URL(one.page.url()).pathname;
  expect(address).toMatch(/^\/chat\/[0-9a-f-]{36}$/);
  return address;
}

/** Both have their conversation open. Gives its address. */
export async function meetFaceToFace(one: Visitor, other: Visitor): Promise<string> {
  const address = await meet(one, other);
  await other.page.goto(address);
  await expect(composer(other.page)).toBeVisible();
  return address;
}

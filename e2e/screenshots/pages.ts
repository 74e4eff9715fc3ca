import { expect, type Page } from "@playwright/test";
import { RESTED } from "./scene";

export interface Picture {
  name: string;
  /** Who looks; absent: nobody is signed in. */
  as?: string;
  /** Does not exist on a phone. */
  wide?: true;
  /** Of a cluster of three nodes. */
  cluster?: true;
  /** Brings the page to what is to be seen. */
  show: (page: Page, links: Links) => Promise<unknown>;
}

/** Addresses that are made while the scene is set. */
export interface Links {
  invitation: string;
  talk: string;
}

const openTalk = async (page: Page, { talk }: Links) => {
  await page.goto(talk);
  // By its role alone: the pictures are taken in every language.
  await expect(page.getByRole("main").getByRole("textbox").last()).toBeVisible();
  await expect(page.getByRole("article").last()).toBeVisible();
};

/** Every page, as the one looks at it who signs in as `as`. */
export const pictures = (reader: string): readonly Picture[] => [
  { name: "login", show: (page) => page.goto("/login") },
  { name: "join", show: (page, { invitation }) => page.goto(invitation) },
  { name: "chat", as: reader, show: openTalk },
  {
    name: "chat-inbox",
    as: reader,
    wide: true,
    show: async (page, links) => {
      await openTalk(page, links);
      await page.locator("header button[aria-pressed]").click();
      await expect(page.getByRole("complementary").getByRole("article").first()).toBeVisible();
      await page.mouse.move(0, 0);
    },
  },
  { name: "conversations", as: reader, show: (page) => page.goto("/chat") },
  { name: "inbox", as: reader, show: (page) => page.goto("/inbox") },
  { name: "inbox-empty", as: RESTED, show: (page) => page.goto("/inbox") },
  {
    name: "admin-online",
    as: reader,
    cluster: true,
    show: async (page) => {
      await page.goto("/admin/online");
      // By what is the same in every language: the devices of the scene and the one that looks.
      await expect(page.getByText("陈雨桐").first()).toBeVisible();
    },
  },
  {
    name: "admin-nodes",
    as: reader,
    cluster: true,
    show: async (page) => {
      await page.goto("/admin/nodes");
      await expect(page.getByRole("article")).toHaveCount(3);
    },
  },
  { name: "admin-people", as: reader, show: (page) => page.goto("/admin/people") },
  { name: "settings", as: reader, show: (page) => page.goto("/settings") },
  { name: "not-found", as: reader, show: (page) => page.goto("/nowhere") },
];

import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { HomingServer } from "./homing-server";
import { joinBy, makeInvitation } from "./invitation";
import { PASSWORD, signIn } from "./sign-in";
import type { Site } from "./site";

export { PASSWORD, signIn };

/** Somebody at a browser of their own. */
export interface Visitor {
  username: string;
  name: string;
  context: BrowserContext;
  page: Page;
}

interface WorkerFixtures {
  homing: HomingServer;
  /** Where the visitors go: `homing`, unless a test has something else. */
  site: Site;
  /** The link of an invitation for everybody. */
  invitation: string;
}

interface Fixtures {
  /** Console errors of every page of the test; the test fails when one is left. A test that cuts the line clears it. */
  consoleErrors: string[];
  newVisitor: (options?: BrowserContextOptions) => Promise<{ context: BrowserContext; page: Page }>;
  /** Makes an account, an admin's by the command line, and signs it in, in a new browser context. */
  signedIn: (name: string, options?: BrowserContextOptions & { admin?: boolean }) => Promise<Visitor>;
}

let accounts = 0;

export const test = base.extend<Fixtures, WorkerFixtures>({
  homing: [
    async ({}, use) => {
      const homing = await HomingServer.start();
      await use(homing);
      await homing.dispose();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  site: [async ({ homing }, use) => await use(homing), { scope: "worker" }],

  invitation: [
    async ({ browser, site }, use) => {
      await use(await makeInvitation(browser, site));
    },
    { scope: "worker", timeout: 90_000 },
  ],

  consoleErrors: async ({}, use) => {
    const errors: string[] = [];
    await use(errors);
    expect(errors, "the browser's console must stay clean").toEqual([]);
  },

  newVisitor: async ({ browser, site, consoleErrors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: site.url, ...options });
      contexts.push(context);
      context.on("console", (message) => {
        if (message.type() === "error") consoleErrors.push(message.text());
      });
      context.on("weberror", (error) => consoleErrors.push(error.error().message));
      return { context, page: await context.newPage() };
    });
    for (const context of contexts) await context.close();
  },

  signedIn: async ({ site, newVisitor, invitation }, use) => {
    await use(async (name, { admin, ...options } = {}) => {
      accounts += 1;
      const username = `${name.toLowerCase().replace(/[^a-z]/g, "") || "user"}.${accounts}`;
      const { context, page } = await newVisitor(options);
      if (admin) {
        await site.operate(
          ["user", "add", username, "--password-stdin", "--name", name, "--admin"],
          PASSWORD,
        );
        await signIn(context, site, username);
      } else await joinBy(invitation, context, { name, username, password: PASSWORD });
      return { username, name, context, page };
    });
  },
});

export { expect };

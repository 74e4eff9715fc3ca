import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { HomingServer } from "./homing-server";

export const PASSWORD = "a long enough password";

/** Somebody at a browser of their own. */
export interface Visitor {
  username: string;
  name: string;
  context: BrowserContext;
  page: Page;
}

interface WorkerFixtures {
  homing: HomingServer;
}

interface Fixtures {
  /** Console errors of every page of the test; the test fails when one is left. A test that cuts the line clears it. */
  consoleErrors: string[];
  newVisitor: (options?: BrowserContextOptions) => Promise<{ context: BrowserContext; page: Page }>;
  /** Makes an account by the command line and signs it in, in a new browser context. */
  signedIn: (name: string, options?: BrowserContextOptions & { admin?: boolean }) => Promise<Visitor>;
}

let accounts = 0;

/** Signs in as a plain client does, so that the context's pages have the session cookie. */
export async function signIn(context: BrowserContext, homing: HomingServer, username: string): Promise<void> {
  const csrf = await context.request.get(`${homing.url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const answer = await context.request.post(`${homing.url}/api/auth/callback/credentials`, {
    form: { csrfToken, username, password: PASSWORD, json: "true" },
  });
  expect(answer.status()).toBe(200);
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  homing: [
    async ({}, use) => {
      const homing = await HomingServer.start();
      await use(homing);
      await homing.dispose();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  consoleErrors: async ({}, use) => {
    const errors: string[] = [];
    await use(errors);
    expect(errors, "the browser's console must stay clean").toEqual([]);
  },

  newVisitor: async ({ browser, homing, consoleErrors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: homing.url, ...options });
      contexts.push(context);
      context.on("console", (message) => {
        if (message.type() === "error") consoleErrors.push(message.text());
      });
      context.on("weberror", (error) => consoleErrors.push(error.error().message));
      return { context, page: await context.newPage() };
    });
    for (const context of contexts) await context.close();
  },

  signedIn: async ({ homing, newVisitor }, use) => {
    await use(async (name, { admin, ...options } = {}) => {
      accounts += 1;
      const username = `${name.toLowerCase().replace(/[^a-z]/g, "") || "user"}.${accounts}`;
      const words = ["user", "add", username, "--password-stdin", "--name", name];
      await homing.operate(admin ? [...words, "--admin"] : words, PASSWORD);
      const { context, page } = await newVisitor(options);
      await signIn(context, homing, username);
      return { username, name, context, page };
    });
  },
});

export { expect };

import { type BrowserContext, expect } from "@playwright/test";
import type { Site } from "./site";

export const PASSWORD = "a long enough password";

/** Signs in as a plain client does, so that the context's pages have the session cookie. */
export async function signIn(
  context: BrowserContext,
  site: Site,
  username: string,
  password = PASSWORD,
): Promise<void> {
  const csrf = await context.request.get(`${site.url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const answer = await context.request.post(`${site.url}/api/auth/callback/credentials`, {
    form: { csrfToken, username, password, json: "true" },
  });
  expect(answer.status()).toBe(200);
}

import { type APIRequestContext, type APIResponse, request } from "@playwright/test";

export interface SignInAttempt {
  /** With the cookies that it was given. */
  client: APIRequestContext;
  csrfToken: string;
  answer: APIResponse;
}

/** What a plain HTTP client of the contract does; no browser, so no `Origin`. */
export async function attemptSignIn(url: string, form: Record<string, string>): Promise<SignInAttempt> {
  const client = await request.newContext({ baseURL: url });
  const { csrfToken } = await (await client.get("/api/auth/csrf")).json();
  const answer = await client.post("/api/auth/callback/credentials", {
    form: { csrfToken, ...form },
    maxRedirects: 0,
  });
  return { client, csrfToken, answer };
}

/** Whatever holds cookies: a browser context or a plain client. */
interface Jar {
  storageState(): Promise<{ cookies: { name: string; value: string }[] }>;
}

/** The session's cookie, as next-auth names it over plain http. */
export async function sessionCookie(jar: Jar) {
  const { cookies } = await jar.storageState();
  return cookies.find((cookie) => cookie.name === "next-auth.session-token");
}

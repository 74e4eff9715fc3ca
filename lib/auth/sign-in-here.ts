import { cookies, headers } from "next/headers";
import { getRuntime } from "@/lib/runtime";
import type { SignInOutcome } from "./next-auth-options";
import { requestSource } from "./request-source";
import { makeSessionCookie } from "./session-cookie";

/**
 * Signs in the browser that sent the form of a server action: the same check, session and cookie as next-auth's route,
 * without its CSRF token, which Next's own check of the origin makes needless here.
 */
export async function signInHere(form: { username: string; password: string }): Promise<SignInOutcome> {
  const runtime = getRuntime();
  const { address, userAgent } = requestSource(await headers(), runtime.secureCookies);
  const outcome = await runtime.useCases.accounts.signIn({ ...form, address, userAgent });
  if (outcome.kind === "signed_in") {
    const cookie = await makeSessionCookie(runtime, { id: outcome.sessionId, userId: outcome.account.id });
    (await cookies()).set(cookie);
  }
  return outcome;
}

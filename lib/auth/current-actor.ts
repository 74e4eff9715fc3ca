import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getRuntime } from "@/lib/runtime";
import type { Actor } from "@/lib/usecases/actor";
import { createAuthenticate } from "./authenticate";
import { sessionOfCookies } from "./session-cookie";

async function cookieHeader(): Promise<string | undefined> {
  return (await headers()).get("cookie") ?? undefined;
}

/** Who makes this request; undefined for nobody. Asked once a request, however many components want to know. */
export const currentActor = cache(async (): Promise<Actor | undefined> => {
  const { useCases, secret, secureCookies } = getRuntime();
  const authenticate = createAuthenticate({ accounts: useCases.accounts, secret, secureCookies });
  return authenticate({ cookieHeader: await cookieHeader() });
});

/** Why the session that the cookie names has ended; undefined when there is none, or it is open. */
async function endReason(): Promise<string | undefined> {
  const runtime = getRuntime();
  const session = await sessionOfCookies(await cookieHeader(), runtime);
  return session && runtime.useCases.accounts.sessionEndReason(session);
}

/**
 * Who makes this request; everybody else is sent to sign in and from there back to `returnTo`, a path of this server,
 * and told why their session ended.
 */
export async function requireActor(returnTo: string): Promise<Actor> {
  const actor = await currentActor();
  if (actor !== undefined) return actor;
  const query = new URLSearchParams({ callbackUrl: returnTo });
  const reason = await endReason();
  if (reason !== undefined) query.set("reason", reason);
  redirect(`/login?${query}`);
}

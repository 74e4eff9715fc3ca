import type { Actor } from "@/lib/usecases/actor";
import type { AccountUseCases } from "@/lib/usecases/use-cases";
import { type CookieSettings, sessionOfCookies } from "./session-cookie";

/**
 * Who makes a request or opens a socket; undefined for nobody. `token` is an API token; where there is one, cookies do
 * not count, so that a wrong token never passes for somebody. The row behind it is asked every time.
 *
 * @throws HomingError `unavailable` when the database does not answer
 */
export type Authenticate = (request: {
  cookieHeader?: string | undefined;
  token?: string | undefined;
}) => Promise<Actor | undefined>;

export function createAuthenticate(
  options: CookieSettings & { accounts: Pick<AccountUseCases, "actorOfSession" | "actorOfToken"> },
): Authenticate {
  return async ({ cookieHeader, token }) => {
    if (token !== undefined) return options.accounts.actorOfToken(token);
    const session = await sessionOfCookies(cookieHeader, options);
    return session === undefined ? undefined : options.accounts.actorOfSession(session);
  };
}

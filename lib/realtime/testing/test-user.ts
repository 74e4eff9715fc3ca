import { randomUUID } from "node:crypto";
import { sha256Digest } from "@/lib/auth/secrets";
import { makeSessionCookie } from "@/lib/auth/session-cookie";
import { type SessionId, sessionId, userId } from "@/lib/contract/ids";
import type { Account, PeopleStore } from "@/lib/usecases/ports/people-store";

/** Signs the session cookies of tests. */
export const TEST_SECRET = "a secret for tests that signs nothing else";
const PASSWORD_HASH = "not the hash of any password";

export interface TestUser {
  account: Account;
  session: SessionId;
  /** The `Cookie` header of the session. */
  cookie: string;
  token: string;
  tokenId: string;
}

/** An account with an open session and an API token. */
export async function createTestUser(
  people: PeopleStore,
  username: string,
  role: "admin" | "user",
): Promise<TestUser> {
  const account = await people.createAccount({
    id: userId.parse(randomUUID()),
    username,
    name: `${username} the tester`,
    passwordHash: PASSWORD_HASH,
    role,
  });
  if (account === undefined) throw new Error(`${username} is taken.`);
  const session = sessionId.parse(randomUUID());
  await people.createSession({
    id: session,
    userId: account.id,
    passwordHash: PASSWORD_HASH,
    userAgent: "",
    address: "",
    days: 1,
  });
  const cookie = await makeSessionCookie(
    { secret: TEST_SECRET, secureCookies: false, sessionMostDays: 1 },
    { id: session, userId: account.id },
  );
  const token = `token-of-${username}-${randomUUID()}`;
  const tokenId = randomUUID();
  await people.createToken({ id: tokenId, userId: account.id, name: "test", hash: sha256Digest(token) });
  return { account, session, cookie: `${cookie.name}=${cookie.value}`, token, tokenId };
}

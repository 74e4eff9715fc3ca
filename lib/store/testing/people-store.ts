import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect } from "vitest";
import { type SessionId, sessionId, userId } from "@/lib/contract/ids";
import type { Account } from "@/lib/usecases/ports/people-store";
import { connectStore } from "../database";
import { createPeopleStore } from "../people-store";
import { freshDatabase } from "./database";

export const newUser = (username: string, more?: { name?: string; role?: "admin" | "user" }) => ({
  id: userId.parse(randomUUID()),
  username,
  name: username,
  passwordHash: `hash of ${username}`,
  role: "user" as const,
  ...more,
});

/**
 * The people store on a database of its own, which lasts as long as the test file that calls this at its top. Each test
 * begins with no account.
 */
export async function openPeople() {
  const database = await freshDatabase();
  const connections = connectStore({
    url: database.url,
    poolSize: 10,
    onError: (error) => {
      throw error;
    },
  });
  const people = createPeopleStore(connections.db);
  beforeEach(async () => {
    await connections.pool.query(
      "truncate users cascade; delete from settings where key = 'setup_token_hash'",
    );
  });
  afterAll(async () => {
    await connections.close();
    await database.drop();
  });
  return {
    connections,
    people,

    async make(username: string, more?: Parameters<typeof newUser>[1]): Promise<Account> {
      const account = await people.createAccount(newUser(username, more));
      if (account === undefined) throw new Error(`${username} is taken`);
      return account;
    },

    async signIn(account: Account): Promise<SessionId> {
      const id = sessionId.parse(randomUUID());
      const session = { id, userId: account.id, userAgent: "test", address: "::1", days: 30 };
      const passwordHash = `hash of ${account.username}`;
      expect(await people.createSession({ ...session, passwordHash })).toBe(true);
      return id;
    },
  };
}

import { type Kysely, sql, type Transaction } from "kysely";
import type { Account, PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";
import { ACCOUNT_COLUMNS, toAccount } from "./account-row";
import { searchName } from "./search-name";
import { SETUP_TOKEN_HASH } from "./settings";

type NewRow = Parameters<PeopleStore["createAccount"]>[0];

/** Undefined when the username is taken. */
async function insertAccount(
  db: Kysely<Database> | Transaction<Database>,
  account: NewRow,
): Promise<Account | undefined> {
  const row = await db
    .insertInto("users")
    .values({
      id: account.id,
      username: account.username.toLowerCase(),
      name: account.name,
      search_name: searchName(account.name),
      password_hash: account.passwordHash,
      role: account.role,
    })
    .onConflict((conflict) => conflict.column("username").doNothing())
    .returning(ACCOUNT_COLUMNS)
    .executeTakeFirst();
  return row && toAccount(row);
}

async function hasAccounts(db: Kysely<Database> | Transaction<Database>): Promise<boolean> {
  return (await db.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;
}

/** Thrown to take back the use of an invite. */
class UsernameTaken extends Error {}

/** Making accounts, one way for each right to make one. */
export function createAccounts(
  db: Kysely<Database>,
): Pick<PeopleStore, "createAccount" | "createFirstAdmin" | "createInvited"> {
  return {
    createAccount: (account) => insertAccount(db, account),

    async createFirstAdmin(account, setupTokenHash) {
      // Without the lock as well: once there is an account, nobody shall be able to hold up the table by asking.
      if (await hasAccounts(db)) return "not_first";
      return db.transaction().execute(async (transaction) => {
        // Shuts out every other insert, by whichever way, until this one is committed.
        await sql`lock table users in share row exclusive mode`.execute(transaction);
        if (await hasAccounts(transaction)) return "not_first";
        const token = await transaction
          .deleteFrom("settings")
          .where("key", "=", SETUP_TOKEN_HASH)
          .where("value", "=", JSON.stringify(setupTokenHash))
          .returning("key")
          .executeTakeFirst();
        if (token === undefined) return "wrong_token";
        return (await insertAccount(transaction, { ...account, role: "admin" })) ?? "not_first";
      });
    },

    async createInvited(account, inviteTokenHash) {
      try {
        return await db.transaction().execute(async (transaction) => {
          const invite = await transaction
            .updateTable("invites")
            .set((builder) => ({ uses: builder("uses", "+", 1) }))
            .where("token_hash", "=", inviteTokenHash)
            .where("revoked_at", "is", null)
            .where("expires_at", ">", sql<Date>`now()`)
            .whereRef("uses", "<", "max_uses")
            .returning("id")
            .executeTakeFirst();
          if (invite === undefined) return "invalid_invite";
          const created = await insertAccount(transaction, { ...account, role: "user" });
          if (created === undefined) throw new UsernameTaken();
          return created;
        });
      } catch (error) {
        if (error instanceof UsernameTaken) return "username_taken";
        throw error;
      }
    },
  };
}

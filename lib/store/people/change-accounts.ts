import { type Kysely, sql, type Transaction } from "kysely";
import { sessionId, type UserId } from "@/lib/contract/ids";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";
import { searchName } from "./search-name";

/**
 * Whether `id` is the only enabled admin. All enabled admins stay locked until the transaction ends, so that two of
 * them who remove each other at once cannot both succeed.
 */
async function isLastAdmin(transaction: Transaction<Database>, id: UserId): Promise<boolean> {
  const admins = await transaction
    .selectFrom("users")
    .select("id")
    .where("role", "=", "admin")
    .where("disabled_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute();
  return admins.length === 1 && admins[0]?.id === id;
}

/** Ends all that proves the account; the ids of what was open. */
async function endCredentials(transaction: Transaction<Database>, id: UserId): Promise<string[]> {
  const ended = { ended_at: sql<Date>`now()`, end_reason: "disabled" as const };
  const sessions = await transaction
    .updateTable("sessions")
    .set(ended)
    .where("user_id", "=", id)
    .where("ended_at", "is", null)
    .returning("id")
    .execute();
  const tokens = await transaction
    .updateTable("api_tokens")
    .set(ended)
    .where("user_id", "=", id)
    .where("ended_at", "is", null)
    .returning("id")
    .execute();
  return [...sessions, ...tokens].map((row) => row.id);
}

/** Changing accounts. */
export function changeAccounts(
  db: Kysely<Database>,
): Pick<PeopleStore, "rename" | "setPassword" | "setDisabled" | "setRole" | "touchLastSeen"> {
  return {
    async rename(id, name) {
      await db
        .updateTable("users")
        .set({ name, search_name: searchName(name) })
        .where("id", "=", id)
        .execute();
    },

    setPassword(id, passwordHash, { keep, replaces } = {}) {
      return db.transaction().execute(async (transaction) => {
        let user = transaction.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", id);
        if (replaces !== undefined) user = user.where("password_hash", "=", replaces);
        if ((await user.executeTakeFirst()).numUpdatedRows === 0n) return undefined;
        let sessions = transaction
          .updateTable("sessions")
          .set({ ended_at: sql<Date>`now()`, end_reason: "password_changed" })
          .where("user_id", "=", id)
          .where("ended_at", "is", null);
        if (keep !== undefined) sessions = sessions.where("id", "<>", keep);
        const rows = await sessions.returning("id").execute();
        return rows.map((row) => sessionId.parse(row.id));
      });
    },

    setDisabled(id, disabled) {
      return db.transaction().execute(async (transaction) => {
        if (disabled && (await isLastAdmin(transaction, id))) return "last_admin";
        await transaction
          .updateTable("users")
          // Disabling twice keeps the first time.
          .set({ disabled_at: disabled ? sql<Date>`coalesce(disabled_at, now())` : null })
          .where("id", "=", id)
          .execute();
        return disabled ? endCredentials(transaction, id) : [];
      });
    },

    setRole(id, role) {
      return db.transaction().execute(async (transaction) => {
        if (role === "user" && (await isLastAdmin(transaction, id))) return "last_admin";
        await transaction.updateTable("users").set({ role }).where("id", "=", id).execute();
        return "done";
      });
    },

    async touchLastSeen(ids) {
      const inOrder = db
        .selectFrom("users")
        .select("id")
        .where("id", "=", (builder) => builder.fn.any(builder.val([...ids])))
        .orderBy("id")
        .forNoKeyUpdate();
      await db
        .updateTable("users")
        .set({ last_seen_at: sql<Date>`now()` })
        .where("id", "in", inOrder)
        .execute();
    },
  };
}

import { type Kysely, sql } from "kysely";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";
import { type AccountRow, toAccount } from "./account-row";

/** API tokens, known by their digest only. */
export function tokens(db: Kysely<Database>): Pick<PeopleStore, "createToken" | "byToken"> {
  return {
    async createToken({ id, userId, name, hash }) {
      await db.insertInto("api_tokens").values({ id, user_id: userId, name, hash }).execute();
    },

    async byToken(hash) {
      const { rows } = await sql<AccountRow & { token_id: string }>`
        with used as (
          select api_tokens.id as token_id, last_used_at,
            users.id, username, users.name, role, users.created_at, disabled_at, last_seen_at
          from api_tokens join users on users.id = api_tokens.user_id
          where hash = ${hash} and ended_at is null and disabled_at is null
        ), touched as (
          update api_tokens set last_used_at = now()
          where id in (
            select token_id from used
            where last_used_at is null or last_used_at < now() - interval '1 minute'
          )
        )
        select token_id, id, username, name, role, created_at, disabled_at, last_seen_at from used
      `.execute(db);
      const row = rows[0];
      return row && { tokenId: row.token_id, account: toAccount(row) };
    },
  };
}

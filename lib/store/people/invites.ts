import { type Kysely, sql } from "kysely";
import { userId } from "@/lib/contract/ids";
import type { Invite, PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";

const LISTED = 200;

interface InviteRow {
  id: string;
  created_at: Date;
  creator_id: string;
  username: string;
  name: string;
  expires_at: Date;
  max_uses: number;
  uses: number;
  state: Invite["state"];
}

const state = sql<Invite["state"]>`case
  when revoked_at is not null then 'revoked'
  when uses >= max_uses then 'used_up'
  when expires_at <= now() then 'expired'
  else 'open'
end`;

function toInvite(row: InviteRow): Invite {
  return {
    id: row.id,
    createdAt: row.created_at,
    createdBy: { id: userId.parse(row.creator_id), username: row.username, name: row.name },
    expiresAt: row.expires_at,
    maxUses: row.max_uses,
    uses: row.uses,
    state: row.state,
  };
}

/** Invites, known by their digest only. Whether one is open is the database's clock's to say. */
export function invites(
  db: Kysely<Database>,
): Pick<PeopleStore, "createInvite" | "inviteIsOpen" | "invites" | "revokeInvite"> {
  return {
    async createInvite({ id, tokenHash, createdBy, hours, maxUses }) {
      const { rows } = await sql<InviteRow>`
        with invite as (
          insert into invites (id, token_hash, created_by, expires_at, max_uses)
          values (${id}, ${tokenHash}, ${createdBy}, now() + make_interval(hours => ${hours}::integer), ${maxUses})
          returning *
        )
        select invite.*, users.id as creator_id, username, name, ${state} as state
        from invite join users on users.id = invite.created_by
      `.execute(db);
      const row = rows[0];
      if (row === undefined) throw new Error("The invite was not stored.");
      return toInvite(row);
    },

    async inviteIsOpen(tokenHash) {
      const row = await db
        .selectFrom("invites")
        .select("id")
        .where("token_hash", "=", tokenHash)
        .where(sql<boolean>`${state} = 'open'`)
        .executeTakeFirst();
      return row !== undefined;
    },

    async invites() {
      const rows = await db
        .selectFrom("invites")
        .innerJoin("users", "users.id", "invites.created_by")
        .select([
          "invites.id",
          "invites.created_at",
          "users.id as creator_id",
          "username",
          "name",
          "expires_at",
          "max_uses",
          "uses",
          state.as("state"),
        ])
        .orderBy("invites.created_at", "desc")
        .orderBy("invites.id")
        .limit(LISTED)
        .execute();
      return rows.map(toInvite);
    },

    async revokeInvite(id) {
      const result = await db
        .updateTable("invites")
        .set({ revoked_at: sql<Date>`now()` })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

import { type Kysely, type Selectable, sql } from "kysely";
import { sessionId, userId } from "@/lib/contract/ids";
import type { SessionEndReason } from "@/lib/contract/server-events";
import type { PeopleStore, Session, SessionLife } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";
import { type AccountRow, toAccount } from "./account-row";

function toSession(row: Selectable<Database["sessions"]>): Session {
  return {
    id: sessionId.parse(row.id),
    userId: userId.parse(row.user_id),
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    userAgent: row.user_agent,
    address: row.address,
  };
}

const open = sql<boolean>`ended_at is null and expires_at > now()`;

/** The end of a session that is used now, where that gains enough to be worth a write; else the end it has. */
const endAfterUse = ({ days, mostDays }: SessionLife) => sql<Date>`(
  select case when moved >= expires_at + least(interval '1 day', ${days}::integer * interval '6 hours')
    then moved else expires_at end
  from (select least(
    now() + make_interval(days => ${days}::integer),
    created_at + make_interval(days => ${mostDays}::integer)
  )) as allowed (moved)
)`;

/** Sessions, and which credentials ended. Times are the database's. */
export function sessions(
  db: Kysely<Database>,
): Pick<
  PeopleStore,
  | "createSession"
  | "bySession"
  | "prolongSessions"
  | "sessions"
  | "revokeSession"
  | "revokeSessions"
  | "signOutSession"
  | "ended"
  | "forgetEndedSessions"
> {
  return {
    async createSession({ id, userId: user, passwordHash, userAgent, address, days }) {
      // The share lock waits for a disabling or a new password under way, and sees what it did.
      const result = await sql`
        insert into sessions (id, user_id, expires_at, user_agent, address)
        select ${id}::uuid, id, now() + make_interval(days => ${days}::integer), ${userAgent}, ${address}
        from users
        where id = ${user} and disabled_at is null and password_hash = ${passwordHash}
        for share
      `.execute(db);
      return result.numAffectedRows === 1n;
    },

    async bySession(id, life) {
      const end = life === undefined ? sql`expires_at` : endAfterUse(life);
      const { rows } = await sql<AccountRow>`
        with used as (
          select sessions.id as session_id, sessions.last_seen_at as used_at,
            users.id, username, name, role, users.created_at, disabled_at, users.last_seen_at
          from sessions join users on users.id = sessions.user_id
          where sessions.id = ${id} and ${open} and disabled_at is null
        ), touched as (
          update sessions set last_seen_at = now(), expires_at = ${end}
          where id in (select session_id from used where used_at < now() - interval '1 minute')
        )
        select id, username, name, role, created_at, disabled_at, last_seen_at from used
      `.execute(db);
      return rows[0] && toAccount(rows[0]);
    },

    async prolongSessions(ids, life) {
      const end = endAfterUse(life);
      const result = await sql`
        update sessions set expires_at = ${end}
        where id = any(${ids}::uuid[]) and ${open} and ${end} > expires_at
      `.execute(db);
      return Number(result.numAffectedRows);
    },

    async sessions(user) {
      const rows = await db
        .selectFrom("sessions")
        .selectAll()
        .where("user_id", "=", user)
        .where(open)
        .orderBy("last_seen_at", "desc")
        .execute();
      return rows.map(toSession);
    },

    async revokeSession(user, id) {
      const result = await db
        .updateTable("sessions")
        .set({ ended_at: sql<Date>`now()`, end_reason: "revoked" })
        .where("id", "=", id)
        .where("user_id", "=", user)
        .where(open)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async revokeSessions(user, keep) {
      let sessions = db
        .updateTable("sessions")
        .set({ ended_at: sql<Date>`now()`, end_reason: "revoked" })
        .where("user_id", "=", user)
        .where(open);
      if (keep !== undefined) sessions = sessions.where("id", "<>", keep);
      const rows = await sessions.returning("id").execute();
      return rows.map((row) => sessionId.parse(row.id));
    },

    async signOutSession(id) {
      const result = await db
        .updateTable("sessions")
        .set({ ended_at: sql<Date>`now()`, end_reason: "signed_out" })
        .where("id", "=", id)
        .where(open)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async ended(ids) {
      const { rows } = await sql<{ id: string; reason: SessionEndReason }>`
        select asked.id, case
            when sessions.id is null then 'revoked'
            when ended_at is not null then coalesce(end_reason, 'revoked')
            when disabled_at is not null then 'disabled'
            else 'expired'
          end as reason
        from unnest(${ids.sessions}::uuid[]) asked (id)
          left join sessions on sessions.id = asked.id
          left join users on users.id = sessions.user_id
        where sessions.id is null or ended_at is not null or disabled_at is not null or expires_at <= now()
        union all
        select asked.id, case
            when api_tokens.id is null then 'revoked'
            when ended_at is not null then coalesce(end_reason, 'revoked')
            else 'disabled'
          end
        from unnest(${ids.tokens}::uuid[]) asked (id)
          left join api_tokens on api_tokens.id = asked.id
          left join users on users.id = api_tokens.user_id
        where api_tokens.id is null or ended_at is not null or disabled_at is not null
      `.execute(db);
      return rows;
    },

    async forgetEndedSessions({ afterDays, mostDays, most }) {
      const result = await sql`
        delete from sessions where id in (
          select id from sessions
          where least(ended_at, expires_at) < now() - make_interval(days => ${afterDays}::integer)
            and created_at < now() - make_interval(days => ${mostDays}::integer)
          limit ${most}
        )
      `.execute(db);
      return Number(result.numAffectedRows);
    },
  };
}

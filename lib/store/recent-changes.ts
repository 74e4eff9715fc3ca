import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { RecentChanges } from "@/lib/usecases/ports/recent-changes";
import { withStoreErrors } from "./unavailable";

const SINCE = "now() - make_interval(secs => $1::float8 / 1000)";

const CONVERSATIONS = `
  select c.id, c.last_rev as rev from (
    select conversation_id as id from messages where created_at > ${SINCE}
    union
    select conversation_id from changes where at > ${SINCE}
    union
    select id from conversations where created_at > ${SINCE}
  ) recent join conversations c using (id)`;

const REMOVALS = `
  select distinct conversation_id as "conversationId", user_id as "userId" from changes
  where at > ${SINCE} and type = 'member.removed' and user_id is not null`;

const MEMBERS = `
  select conversation_id as id, array_agg(user_id) as members from members
  where conversation_id = any($1::uuid[]) group by conversation_id`;

/** Two indexed queries a call; nothing is remembered. */
export function createRecentChanges(pool: pg.Pool): RecentChanges {
  const ask = async <Row extends object>(name: string, text: string, value: unknown) =>
    (await pool.query<Row>({ name, text, values: [value] })).rows;

  return withStoreErrors<RecentChanges>({
    async within(ms) {
      const [conversations, removals] = await Promise.all([
        ask<{ id: ConversationId; rev: number }>("recent_conversations", CONVERSATIONS, ms),
        ask<{ conversationId: ConversationId; userId: UserId }>("recent_removals", REMOVALS, ms),
      ]);
      return { conversations, removals };
    },
    membersOf: (conversations) => ask("members_of_recent", MEMBERS, conversations),
  });
}

import type pg from "pg";
import type { ConversationId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import type { MovedCursor, RecentChanges, Removal } from "@/lib/usecases/ports/recent-changes";
import { FORGET } from "./conversations/recent-log";
import { withStoreErrors } from "./unavailable";

const SINCE = "now() - make_interval(secs => $1::float8 / 1000)";

const CONVERSATIONS = `
  select c.id, c.last_rev as rev from (
    select unnest(conversation_ids) as id from recent_sends where at > ${SINCE}
    union
    select conversation_id from changes where at > ${SINCE}
    union
    select id from conversations where created_at > ${SINCE}
  ) recent join conversations c using (id)`;

const REMOVALS = `
  select x.conversation_id as "conversationId", x.user_id as "userId", max(x.rev) as rev, exists (
    select from members m where m.conversation_id = x.conversation_id and m.user_id = x.user_id
  ) as "isMember"
  from changes x where x.at > ${SINCE} and x.type = 'member.removed' and x.user_id is not null
  group by x.conversation_id, x.user_id`;

const CURSORS = `
  select m.conversation_id as "conversationId", m.user_id as "userId", m.read_seq as "readSeq",
    m.delivered_seq as "deliveredSeq", moved.reads as "hasRead",
    c.member_count <= ${LIMITS.headMembers} as "hasReceipts"
  from (
    select u.conversation_id, u.user_id, bool_or(u.reads) as reads
    from cursor_moves x cross join lateral unnest(x.conversation_ids, x.user_ids, x.reads)
      as u (conversation_id, user_id, reads)
    where x.at > ${SINCE}
    group by u.conversation_id, u.user_id
  ) moved
  join members m using (conversation_id, user_id)
  join conversations c on c.id = moved.conversation_id
  where moved.reads or c.member_count <= ${LIMITS.headMembers}`;

const MEMBERS = `
  select conversation_id as id, array_agg(user_id) as members from members
  where conversation_id = any($1::uuid[]) group by conversation_id`;

/** Three indexed queries a call; nothing is remembered. */
export function createRecentChanges(pool: pg.Pool): RecentChanges {
  const ask = async <Row extends object>(name: string, text: string, value: unknown) =>
    (await pool.query<Row>({ name, text, values: [value] })).rows;

  const removals = (ms: number) => ask<Removal>("recent_removals", REMOVALS, ms);

  return withStoreErrors<RecentChanges>({
    removals,
    async within(ms) {
      const [conversations, removed, cursors] = await Promise.all([
        ask<{ id: ConversationId; rev: number }>("recent_conversations", CONVERSATIONS, ms),
        removals(ms),
        ask<MovedCursor>("recent_cursors", CURSORS, ms),
      ]);
      return { conversations, removals: removed, cursors };
    },
    async forgetOld() {
      for (const statement of FORGET) await pool.query(statement);
    },
    membersOf: (conversations) => ask("members_of_recent", MEMBERS, conversations),
  });
}

import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { CursorOutcome } from "@/lib/usecases/ports/conversation-store";
import { COUNT_UNREAD } from "./heads";
import { logMoves } from "./recent-log";

interface MarkRow {
  conversation_id: ConversationId;
  read_seq: number;
  delivered_seq: number;
  unread: number;
  moved: boolean;
  members: UserId[];
}

const OUTCOME_COLUMNS = `
  m.conversation_id, m.read_seq, m.delivered_seq, m.moved, (${COUNT_UNREAD}) as unread,
  (select array_agg(o.user_id) from members o where o.conversation_id = m.conversation_id) as members`;

const MARK_UNREAD = `
with locked as materialized (
  select * from members where conversation_id = $1 and user_id = $2 for no key update
), m as (
  update members x set read_seq = least(l.read_seq, greatest($3::bigint - 1, 0)) from locked l
  where x.conversation_id = $1 and x.user_id = $2
  returning x.conversation_id, x.user_id, x.read_seq, x.delivered_seq, x.read_seq <> l.read_seq as moved
), logged as (
  ${logMoves("(select *, true as reads from m where moved) moved")}
)
select ${OUTCOME_COLUMNS} from m`;

/** Only conversations with something unread; rows are locked in the order of their keys. */
const MARK_ALL_READ = `
with locked as materialized (
  select m.conversation_id, m.user_id, c.last_seq
  from members m join conversations c on c.id = m.conversation_id
  where m.user_id = $1 and c.last_seq > m.read_seq and exists (
    select from messages x
    where x.conversation_id = m.conversation_id and x.seq > m.read_seq
      and x.sender_id <> m.user_id and x.deleted_at is null
  )
  order by m.conversation_id for no key update of m
), m as (
  update members x
  set read_seq = greatest(x.read_seq, l.last_seq), delivered_seq = greatest(x.delivered_seq, l.last_seq)
  from locked l where x.conversation_id = l.conversation_id and x.user_id = l.user_id
  returning x.conversation_id, x.user_id, x.read_seq, x.delivered_seq, true as moved
), logged as (
  ${logMoves("(select *, true as reads from m) moved")}
)
select ${OUTCOME_COLUMNS} from m`;

/** Undefined when not a member. */
export async function markUnread(
  pool: pg.Pool,
  user: UserId,
  conversation: ConversationId,
  seq: number,
): Promise<CursorOutcome | undefined> {
  const { rows } = await pool.query<MarkRow>(MARK_UNREAD, [conversation, user, seq]);
  return rows[0] === undefined ? undefined : toOutcome(rows[0]);
}

export async function markAllRead(
  pool: pg.Pool,
  user: UserId,
): Promise<{ conversationId: ConversationId; outcome: CursorOutcome }[]> {
  const { rows } = await pool.query<MarkRow>(MARK_ALL_READ, [user]);
  return rows.map((row) => ({ conversationId: row.conversation_id, outcome: toOutcome(row) }));
}

function toOutcome(row: MarkRow): CursorOutcome {
  const { read_seq: readSeq, delivered_seq: deliveredSeq, unread, moved, members } = row;
  return { readSeq, deliveredSeq, unread, moved, members };
}

import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { NamedStatement } from "../dedicated-connection";
import { COUNT_UNREAD } from "./heads";
import { logMoves } from "./recent-log";
import type { RowAnswer } from "./run-rows";

/** What the statement says of one member's cursors. */
export interface CursorAnswer extends RowAnswer {
  outcome: "done" | "not_member" | "again" | "busy";
  conversation_id: ConversationId;
  read_seq: number;
  delivered_seq: number;
  /** Null when nobody asked to move the read cursor. */
  unread: number | null;
  moved: boolean;
  member_version: number;
  /** Only when the version is not the one passed as known. */
  members: UserId[] | null;
}

/** How far one member says to have come, with the member version that is known of the conversation. */
export interface CursorRow {
  conversationId: ConversationId;
  userId: UserId;
  readSeq: number | undefined;
  deliveredSeq: number | undefined;
  knownVersion: number;
}

/**
 * All cursors of a batch in one statement. The member rows are locked in the order of their keys; what they hold once
 * locked is what may only grow. The last message is the one of the statement's beginning: whoever read a message, read
 * it before.
 */
const text = (locking: string, notLocked: "again" | "busy") => `
with input as (
  select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[]) with ordinality
    as i(conversation_id, user_id, read_seq, delivered_seq, known_version, position)
), locked as materialized (
  select m.* from (select conversation_id, user_id from input order by conversation_id, user_id) i
  cross join lateral (
    select m.conversation_id, m.user_id, m.read_seq, m.delivered_seq from members m
    where m.conversation_id = i.conversation_id and m.user_id = i.user_id limit 1 ${locking}
  ) m
), target as materialized (
  select i.position, i.known_version, i.read_seq is not null as reads, l.conversation_id, l.user_id,
    c.member_version, l.read_seq as old_read_seq, l.delivered_seq as old_delivered_seq,
    greatest(l.read_seq, least(coalesce(i.read_seq, 0), c.last_seq)) as read_seq,
    greatest(l.delivered_seq, least(coalesce(greatest(i.read_seq, i.delivered_seq), 0), c.last_seq)) as delivered_seq
  from input i
  join locked l on l.conversation_id = i.conversation_id and l.user_id = i.user_id
  join lateral (select last_seq, member_version from conversations where id = i.conversation_id limit 1) c on true
), moved as (
  update members m set read_seq = t.read_seq, delivered_seq = t.delivered_seq
  from target t
  where m.conversation_id = t.conversation_id and m.user_id = t.user_id
    and (t.read_seq <> t.old_read_seq or t.delivered_seq <> t.old_delivered_seq)
  returning m.conversation_id, m.user_id, t.read_seq <> t.old_read_seq as reads
), logged as (
  ${logMoves("moved")}
)
select i.position, i.conversation_id,
  case
    when m.user_id is not null then 'done'
    when exists (
      select from members x where x.conversation_id = i.conversation_id and x.user_id = i.user_id
    ) then '${notLocked}'
    else 'not_member'
  end as outcome,
  m.read_seq, m.delivered_seq, m.member_version,
  m.read_seq <> m.old_read_seq or m.delivered_seq <> m.old_delivered_seq as moved,
  case when m.reads then (${COUNT_UNREAD}) end as unread,
  case when m.member_version <> m.known_version then (
    select array_agg(o.user_id) from members o where o.conversation_id = m.conversation_id
  ) end as members
from input i left join target m on m.position = i.position
order by i.position`;

const VARIANTS = {
  // who waited for the row and does not have it: the member left meanwhile
  wait: { name: "cursors", text: text("for no key update", "again") },
  skip: { name: "cursors_past_locked", text: text("for no key update skip locked", "busy") },
};

export function cursorStatement(rows: readonly CursorRow[], locked: keyof typeof VARIANTS): NamedStatement {
  const of = <T>(value: (row: CursorRow) => T) => rows.map(value);
  return {
    ...VARIANTS[locked],
    values: [
      of((row) => row.conversationId),
      of((row) => row.userId),
      of((row) => row.readSeq ?? null),
      of((row) => row.deliveredSeq ?? null),
      of((row) => row.knownVersion),
    ],
  };
}

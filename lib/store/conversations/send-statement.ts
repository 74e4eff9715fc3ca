import type { UserId } from "@/lib/contract/ids";
import type { NewMessage } from "@/lib/usecases/ports/conversation-store";
import { plainArray, textArray } from "../array-parameters";
import type { NamedStatement } from "../dedicated-connection";
import { logSends } from "./recent-log";
import type { RowAnswer } from "./run-rows";

/** What the statement says of one send. */
export interface SendAnswer extends RowAnswer {
  outcome: "stored" | "duplicate" | "conflict" | "not_member" | "no_such_reply" | "again" | "busy";
  /** Of the stored message, or of the one that was there before. */
  seq: number | null;
  rev: number | null;
  /** Milliseconds since 1970. */
  created_at: number;
  username: string;
  name: string;
  member_version: number | null;
  /** On a conversation's first stored row, and only when the version is not the one passed as known. */
  members: UserId[] | null;
}

/**
 * All sends of a batch in one statement, which is one transaction and one round trip.
 *
 * The conversations are locked in the order of their ids, so that batches of several nodes never wait in a circle. A
 * statement sees the state of its beginning, but `locked` sees what is true once the lock is held: numbers come from
 * there. Where that makes a difference, the statement says so: members that changed meanwhile are `again`, and a
 * client id that was taken meanwhile violates its unique key. Both are run again. A reply needs no look at the message:
 * `seq` has no holes.
 *
 * The lateral joins with a limit stay index lookups, whatever the planner believes about the size of the tables.
 */
const text = (locking: string) => `
with input as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[])
    with ordinality
    as i(conversation_id, id, sender_id, client_id, body, reply_to, known_version, position)
), locked as materialized (
  select id, last_seq, last_rev, member_version from conversations
  where id = any($1) order by id ${locking}
), stamp as materialized (
  -- after the locks: times grow with seq
  select clock_timestamp()::timestamptz(3) as now from (select count(*) from locked) as all_locked
), judged as materialized (
  select i.*, l.last_seq, l.last_rev, l.member_version, seen.seq as seen_seq, u.username, u.name,
    case
      when c.id is null then 'not_member'
      when l.id is null then 'busy'
      when l.member_version <> c.member_version then 'again'
      when not c.is_member then 'not_member'
      when seen.seq is not null then case
        when seen.conversation_id = i.conversation_id
          and seen.sent_hash = sha256(uuid_send(seen.id) || convert_to(i.body, 'UTF8'))
        then 'duplicate' else 'conflict' end
      when i.reply_to > l.last_seq then 'no_such_reply'
      else 'stored'
    end as outcome
  from input i
  left join locked l on l.id = i.conversation_id
  left join lateral (
    select c.id, c.member_version, exists (
      select from members m where m.conversation_id = c.id and m.user_id = i.sender_id
    ) as is_member
    from conversations c where c.id = i.conversation_id limit 1
  ) c on true
  left join lateral (
    select x.conversation_id, x.seq, x.id, x.sent_hash from messages x
    where x.sender_id = i.sender_id and x.client_id = i.client_id limit 1
  ) seen on true
  left join lateral (select username, name from users where id = i.sender_id limit 1) u on true
), numbered as materialized (
  select *, row_number() over (partition by conversation_id order by position) as n
  from judged where outcome = 'stored'
), inserted as (
  insert into messages
    (conversation_id, seq, created_rev, rev, id, sender_id, client_id, body, sent_hash, created_at, reply_to)
  select conversation_id, last_seq + n, last_rev + n, last_rev + n, id, sender_id, client_id, body,
    sha256(uuid_send(id) || convert_to(body, 'UTF8')), stamp.now, reply_to
  from numbered, stamp order by position
), bumped as (
  update conversations c
  set last_seq = b.last_seq, last_rev = b.last_rev, last_message_at = stamp.now
  from (
    select conversation_id, max(last_seq + n) as last_seq, max(last_rev + n) as last_rev
    from numbered group by conversation_id
  ) b, stamp
  where c.id = b.conversation_id
), logged as (
  ${logSends("(select distinct conversation_id, stamp.now as at from numbered, stamp) sent")}
)
select j.position, j.outcome, coalesce(j.last_seq + n.n, j.seen_seq) as seq,
  j.last_rev + n.n as rev, (extract(epoch from stamp.now) * 1000)::bigint as created_at, j.username, j.name,
  j.member_version,
  case when n.n = 1 and j.member_version <> j.known_version then (
    select array_agg(m.user_id) from members m where m.conversation_id = j.conversation_id
  ) end as members
from stamp, judged j left join numbered n on n.position = j.position
order by j.position`;

const VARIANTS = {
  wait: { name: "send", text: text("for no key update") },
  skip: { name: "send_past_locked", text: text("for no key update skip locked") },
};

/** A send with the member version that is known of its conversation. */
export interface SendRow {
  message: NewMessage;
  knownVersion: number;
}

export function sendStatement(rows: readonly SendRow[], locked: keyof typeof VARIANTS): NamedStatement {
  const of = (value: (row: SendRow) => string | number | undefined) =>
    plainArray(rows.map((row) => value(row) ?? null));
  return {
    ...VARIANTS[locked],
    values: [
      of((row) => row.message.conversationId),
      of((row) => row.message.id),
      of((row) => row.message.senderId),
      of((row) => row.message.clientId),
      textArray(rows.map((row) => row.message.body)),
      of((row) => row.message.replyTo),
      of((row) => row.knownVersion),
    ],
  };
}

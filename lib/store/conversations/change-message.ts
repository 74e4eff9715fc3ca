import type pg from "pg";
import type { ConversationId } from "@/lib/contract/ids";
import type { Change, ChangeType, Message } from "@/lib/contract/shapes";
import { MESSAGE_COLUMNS, type MessageRow, toMessage, toTimestamp } from "./rows";

type MessageChange = Extract<ChangeType, "message.edited" | "message.deleted" | "message.reacted">;

/** What each change does to the row; `$4` is its value, `stamp.now` its time. */
const EFFECTS: Record<MessageChange, string> = {
  "message.edited": "body = $4, version = version + 1, edited_at = stamp.now",
  // the hash of what was sent stays: a repeat of the send is still recognized
  "message.deleted": "body = '', reactions = '[]', version = version + 1, deleted_at = stamp.now",
  "message.reacted": "reactions = $4::jsonb",
};

/** Under the conversation's lock: the next revision, the message's new state, and the entry in `changes`. */
const statement = (type: MessageChange) => `
with stamp as materialized (
  select clock_timestamp()::timestamptz(3) as now
), head as (
  update conversations set last_rev = last_rev + 1 where id = $1 returning last_rev, last_seq
), changed as (
  update messages set rev = head.last_rev, ${EFFECTS[type]}
  from head, stamp where conversation_id = $1 and seq = $2 returning messages.*
), logged as (
  insert into changes (conversation_id, rev, type, last_seq, seq, at)
  select $1, head.last_rev, $3, head.last_seq, $2, stamp.now from head, stamp
)
select ${MESSAGE_COLUMNS}, stamp.now as at from changed x join users u on u.id = x.sender_id, stamp`;

/** @throws Error when there is no such message: the caller has looked under the same lock. */
export async function changeMessage(
  client: pg.PoolClient,
  conversation: ConversationId,
  seq: number,
  change: { type: "message.deleted" } | { type: "message.edited" | "message.reacted"; value: string },
): Promise<Change & { message: Message }> {
  const value = change.type === "message.deleted" ? [] : [change.value];
  const { rows } = await client.query<MessageRow & { at: Date }>(statement(change.type), [
    conversation,
    seq,
    change.type,
    ...value,
  ]);
  const row = rows[0];
  if (row === undefined) throw new Error("The message to change does not exist.");
  const message = toMessage(row, row.sender_id);
  return {
    conversationId: conversation,
    rev: message.rev,
    type: change.type,
    message,
    at: toTimestamp(row.at),
  };
}

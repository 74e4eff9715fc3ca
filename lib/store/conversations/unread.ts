import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Head, Message } from "@/lib/contract/shapes";
import { COUNT_UNREAD, HEAD_COLUMNS, type HeadRow, toHead } from "./heads";
import { MESSAGE_JSON, type MessageJson, toMessage } from "./rows";

interface Total {
  conversations: number;
  messages: number;
}

type UnreadRow = Total & ({ id: null } | (HeadRow & { unread_messages: MessageJson[] }));

/** One snapshot of the page and the total; one row with `id` null when the page is empty. */
const UNREAD = `
with mine as materialized (
  select m.conversation_id, c.last_message_at, (${COUNT_UNREAD}) as unread
  from members m join conversations c on c.id = m.conversation_id
  where m.user_id = $1 and c.last_seq > m.read_seq
), total as (
  select count(*) as conversations, coalesce(sum(unread), 0)::bigint as messages from mine where unread > 0
), page as (
  select conversation_id, last_message_at from mine
  where unread > 0 and ($2::timestamptz is null or (last_message_at, conversation_id) < ($2, $3::uuid))
  order by last_message_at desc, conversation_id desc limit $4
)
select total.*, ${HEAD_COLUMNS}, (
    select json_agg(latest.message order by latest.seq) from (
      select x.seq, ${MESSAGE_JSON} as message
      from messages x join users u on u.id = x.sender_id
      where x.conversation_id = c.id and x.seq > m.read_seq and x.sender_id <> m.user_id and x.deleted_at is null
      order by x.seq desc limit $5
    ) latest
  ) as unread_messages
from total
left join page on true
left join members m on m.conversation_id = page.conversation_id and m.user_id = $1
left join conversations c on c.id = page.conversation_id
order by page.last_message_at desc, page.conversation_id desc`;

/** Conversations with unread messages, latest activity first, each with its last unread messages, oldest first. */
export async function selectUnread(
  pool: pg.Pool,
  user: UserId,
  page: { limit: number; messagesEach: number; before?: { lastMessageAt: string; id: ConversationId } },
): Promise<{ entries: { head: Head; messages: Message[] }[]; hasMore: boolean; total: Total }> {
  const { rows } = await pool.query<UnreadRow>({
    name: "unread",
    text: UNREAD,
    values: [
      user,
      page.before?.lastMessageAt ?? null,
      page.before?.id ?? null,
      page.limit + 1,
      page.messagesEach,
    ],
  });
  const entries = rows.flatMap((row) => {
    if (row.id === null) return [];
    return [{ head: toHead(row), messages: row.unread_messages.map((message) => toMessage(message, user)) }];
  });
  const { conversations, messages } = rows[0] ?? { conversations: 0, messages: 0 };
  return {
    entries: entries.slice(0, page.limit),
    hasMore: entries.length > page.limit,
    total: { conversations, messages },
  };
}

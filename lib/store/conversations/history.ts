import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows";

/** No row at all for whoever is not a member, one row of nulls when there is no message. */
const HISTORY = `
  select found.* from members m left join lateral (
    select ${MESSAGE_COLUMNS} from messages x join users u on u.id = x.sender_id
    where x.conversation_id = m.conversation_id and x.seq < $3::bigint
    order by x.seq desc limit $4
  ) found on true
  where m.conversation_id = $1 and m.user_id = $2
  order by found.seq`;

const ONE = `
  select ${MESSAGE_COLUMNS} from messages x join users u on u.id = x.sender_id
  where x.conversation_id = $1 and x.seq = $2`;

/** More than any `seq` can be. */
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

/** Oldest first; undefined for whoever is not a member. What a page costs does not grow with the history. */
export async function selectHistory(
  pool: pg.Pool,
  user: UserId,
  conversation: ConversationId,
  page: { beforeSeq?: number; limit: number },
): Promise<{ messages: Message[]; hasMore: boolean } | undefined> {
  const { rows } = await pool.query<MessageRow | { seq: null }>({
    name: "history",
    text: HISTORY,
    values: [conversation, user, page.beforeSeq ?? AFTER_ALL, page.limit],
  });
  if (rows.length === 0) return undefined;
  const messages = rows.flatMap((row) => (row.seq === null ? [] : [toMessage(row, user)]));
  return { messages, hasMore: (messages[0]?.seq ?? 1) > 1 };
}

/** One message, whoever asks; undefined when there is none. */
export async function selectMessage(
  database: pg.Pool | pg.PoolClient,
  conversation: ConversationId,
  seq: number,
): Promise<MessageRow | undefined> {
  const { rows } = await database.query<MessageRow>({
    name: "message",
    text: ONE,
    values: [conversation, seq],
  });
  return rows[0];
}

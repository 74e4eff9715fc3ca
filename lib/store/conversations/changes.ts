import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, ChangeType, Member } from "@/lib/contract/shapes";
import { MESSAGE_JSON, type MessageJson, toCreated, toMessage, toTimestamp } from "./rows";

/** What `changes.state` keeps: the conversation after the change, and whom it was about. */
export interface ChangeState {
  title: string;
  memberCount: number;
  member?: { role: Member["role"]; joinedAt: string };
}

interface ChangeRow {
  last_rev: number;
  rev: number | null;
  type: ChangeType;
  at: Date;
  state: ChangeState | null;
  user_id: UserId | null;
  username: string;
  name: string;
  message: MessageJson | null;
}

/**
 * Creations stand in `messages`, everything else in `changes`; together they have each revision once. `messages` are
 * found by `seq`: after the latest entry of `changes` up to a revision, each revision is the next message.
 *
 * No row at all for whoever is not a member, one row with `rev` null when nothing is new.
 */
const CHANGES = `
  select c.last_rev, k.rev, k.type, k.at, k.state, k.user_id, p.username, p.name,
    (
      select ${MESSAGE_JSON} from messages x join users u on u.id = x.sender_id
      where x.conversation_id = c.id and x.seq = k.seq
    ) as message
  from members m join conversations c on c.id = m.conversation_id
  cross join lateral (
    select coalesce((
      select y.last_seq + $3::bigint - y.rev from changes y
      where y.conversation_id = c.id and y.rev <= $3::bigint order by y.rev desc limit 1
    ), $3::bigint) as seq
  ) known
  left join lateral (
    select x.created_rev as rev, 'message.created' as type, x.created_at as at, null::jsonb as state,
      null::uuid as user_id, x.seq
    from messages x
    where x.conversation_id = c.id and x.seq > known.seq and x.seq <= known.seq + $4::bigint
      and x.created_rev <= $3::bigint + $4::bigint
    union all
    select y.rev, y.type, y.at, y.state, y.user_id, y.seq
    from changes y
    where y.conversation_id = c.id and y.rev > $3::bigint and y.rev <= $3::bigint + $4::bigint
  ) k on true
  left join users p on p.id = k.user_id
  where m.conversation_id = $1 and m.user_id = $2
  order by k.rev`;

/** Undefined for whoever is not a member; `reset` when the caller knows revisions that do not exist. */
export async function selectChanges(
  pool: pg.Pool,
  user: UserId,
  conversation: ConversationId,
  page: { afterRev: number; limit: number },
): Promise<{ changes: Change[]; lastRev: number; hasMore: boolean; reset?: true } | undefined> {
  const { rows } = await pool.query<ChangeRow>({
    name: "changes",
    text: CHANGES,
    values: [conversation, user, page.afterRev, page.limit],
  });
  const lastRev = rows[0]?.last_rev;
  if (lastRev === undefined) return undefined;
  if (page.afterRev > lastRev) return { changes: [], lastRev, hasMore: false, reset: true };
  const changes = rows.flatMap((row) =>
    row.rev === null ? [] : [toChange(row, row.rev, conversation, user)],
  );
  return { changes, lastRev, hasMore: page.afterRev + changes.length < lastRev };
}

function toChange(row: ChangeRow, rev: number, conversation: ConversationId, viewer: UserId): Change {
  const message = row.message === null ? undefined : toMessage(row.message, viewer);
  if (row.type === "message.created" && message !== undefined) return toCreated(message, rev);
  const change: Change = { conversationId: conversation, rev, type: row.type, at: toTimestamp(row.at) };
  if (message !== undefined) change.message = message;
  if (row.state === null) return change;
  const { title, memberCount, member } = row.state;
  change.conversation = { id: conversation, title, memberCount };
  if (member !== undefined && row.user_id !== null) {
    change.member = { id: row.user_id, username: row.username, name: row.name, ...member };
  }
  return change;
}

import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import type { Head, Member } from "@/lib/contract/shapes";
import { MESSAGE_JSON, type MessageJson, toMessage, toTimestamp } from "./rows";

interface NamedMember extends Member {
  readSeq: number;
  deliveredSeq: number;
}

export interface HeadRow {
  id: ConversationId;
  viewer: UserId;
  kind: Head["kind"];
  title: string;
  member_count: number;
  last_seq: number;
  last_rev: number;
  read_seq: number;
  muted: boolean;
  unread: number;
  members: NamedMember[];
  last_message: MessageJson | null;
  epoch: string;
}

/** Messages of others after the read cursor that are not deleted, for a member `m`: an index alone answers it. */
export const COUNT_UNREAD = `
  select count(*) from messages x
  where x.conversation_id = m.conversation_id and x.seq > m.read_seq
    and x.sender_id <> m.user_id and x.deleted_at is null`;

/**
 * A head for each pair of a member `m` and their conversation `c`, each part by an index. Named are the longest-standing
 * members, and the viewer always.
 */
export const HEAD_COLUMNS = `
  c.id, m.user_id as viewer, c.kind, c.title, c.member_count, c.last_seq, c.last_rev, m.read_seq, m.muted,
  (${COUNT_UNREAD}) as unread,
  (
    select json_agg(json_build_object(
      'id', u.id, 'username', u.username, 'name', u.name, 'role', n.role, 'joinedAt', n.joined_at,
      'readSeq', n.read_seq, 'deliveredSeq', n.delivered_seq
    ) order by n.joined_at, n.user_id)
    from (
      select o.user_id, o.role, o.joined_at, o.read_seq, o.delivered_seq from members o
      where o.conversation_id = c.id and c.member_count <= ${LIMITS.headMembers}
      union all
      (
        select * from (
          (
            select o.user_id, o.role, o.joined_at, o.read_seq, o.delivered_seq from members o
            where o.conversation_id = c.id order by o.joined_at, o.user_id limit ${LIMITS.headMembers}
          )
          union
          select m.user_id, m.role, m.joined_at, m.read_seq, m.delivered_seq
        ) of_many
        where c.member_count > ${LIMITS.headMembers}
        order by of_many.user_id = m.user_id desc, of_many.joined_at, of_many.user_id
        limit ${LIMITS.headMembers}
      )
    ) n join users u on u.id = n.user_id
  ) as members,
  (
    select ${MESSAGE_JSON} from messages x join users u on u.id = x.sender_id
    where x.conversation_id = c.id and x.seq = c.last_seq
  ) as last_message,
  (select value #>> '{}' from settings where key = 'epoch') as epoch`;

/** Latest activity first; a conversation without a message counts from its beginning. */
export const BY_ACTIVITY = "coalesce(c.last_message_at, c.created_at) desc, c.id desc";

const HEADS = `
  select ${HEAD_COLUMNS} from members m join conversations c on c.id = m.conversation_id
  where m.user_id = $1 order by ${BY_ACTIVITY}`;

const HEADS_OF_MEMBERS = `
  select ${HEAD_COLUMNS} from members m join conversations c on c.id = m.conversation_id
  where m.conversation_id = $1 and m.user_id = any($2::uuid[])`;

/** One statement, so one snapshot. */
export async function selectHeads(pool: pg.Pool, user: UserId): Promise<Head[]> {
  const { rows } = await pool.query<HeadRow>({ name: "heads", text: HEADS, values: [user] });
  return rows.map(toHead);
}

/** The head of one conversation for each of these users who is a member, in any order. */
export async function selectHeadsOfMembers(
  pool: pg.Pool,
  conversation: ConversationId,
  users: readonly UserId[],
): Promise<{ user: UserId; head: Head }[]> {
  const { rows } = await pool.query<HeadRow>({
    name: "heads_of_members",
    text: HEADS_OF_MEMBERS,
    values: [conversation, users],
  });
  return rows.map((row) => ({ user: row.viewer, head: toHead(row) }));
}

export function toHead(row: HeadRow): Head {
  const members = row.members.map(({ readSeq, deliveredSeq, ...member }) => ({
    ...member,
    joinedAt: toTimestamp(member.joinedAt),
  }));
  const others = row.members.filter(({ id }) => id !== row.viewer);
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    members,
    memberCount: row.member_count,
    lastSeq: row.last_seq,
    lastRev: row.last_rev,
    readSeq: row.read_seq,
    unread: row.unread,
    muted: row.muted,
    ...(row.last_message === null ? {} : { lastMessage: toMessage(row.last_message, row.viewer) }),
    epoch: row.epoch,
    receipts: others.map(({ id, deliveredSeq, readSeq }) => ({
      conversationId: row.id,
      userId: id,
      deliveredSeq,
      readSeq,
    })),
  };
}

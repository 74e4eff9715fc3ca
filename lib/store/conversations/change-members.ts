import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, ChangeType, Member } from "@/lib/contract/shapes";
import type { ChangeState } from "./changes";
import { toTimestamp } from "./rows";

interface MemberRow {
  id: UserId;
  username: string;
  name: string;
  role: Member["role"];
  joined_at: Date;
}

const MEMBER_COLUMNS = "m.user_id as id, u.username, u.name, m.role, m.joined_at";

export async function selectMemberIds(
  client: pg.PoolClient,
  conversation: ConversationId,
): Promise<UserId[]> {
  const { rows } = await client.query<{ user_id: UserId }>(
    "select user_id from members where conversation_id = $1",
    [conversation],
  );
  return rows.map(({ user_id }) => user_id);
}

export async function selectMembers(client: pg.PoolClient, conversation: ConversationId): Promise<Member[]> {
  const { rows } = await client.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from members m join users u on u.id = m.user_id
     where m.conversation_id = $1 order by m.joined_at, m.user_id`,
    [conversation],
  );
  return rows.map(toMember);
}

export async function selectMember(
  client: pg.PoolClient,
  conversation: ConversationId,
  user: UserId,
): Promise<Member | undefined> {
  const { rows } = await client.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from members m join users u on u.id = m.user_id
     where m.conversation_id = $1 and m.user_id = $2`,
    [conversation, user],
  );
  return rows[0] === undefined ? undefined : toMember(rows[0]);
}

/** Adds a member, for whom everything so far is read, or gives one another role. */
export async function upsertMember(
  client: pg.PoolClient,
  conversation: ConversationId,
  user: UserId,
  role: Member["role"],
): Promise<Change> {
  const before = await selectMember(client, conversation, user);
  const { rows } = await client.query<MemberRow>(
    `with m as (
       insert into members (conversation_id, user_id, role, joined_at, read_seq, delivered_seq)
       select id, $2, $3, clock_timestamp(), last_seq, last_seq from conversations where id = $1
       on conflict (conversation_id, user_id) do update set role = excluded.role
       returning user_id, role, joined_at
     )
     select ${MEMBER_COLUMNS} from m join users u on u.id = m.user_id`,
    [conversation, user, role],
  );
  if (rows[0] === undefined) throw new Error("The conversation to join does not exist.");
  return record(client, conversation, {
    type: "member.added",
    member: toMember(rows[0]),
    joined: before === undefined ? 1 : 0,
  });
}

/** @throws Error when they are no member: the caller has looked under the same lock. */
export async function deleteMember(
  client: pg.PoolClient,
  conversation: ConversationId,
  user: UserId,
): Promise<Change> {
  const member = await selectMember(client, conversation, user);
  if (member === undefined) throw new Error("The member to remove does not exist.");
  await client.query("delete from members where conversation_id = $1 and user_id = $2", [conversation, user]);
  return record(client, conversation, { type: "member.removed", member, joined: -1 });
}

export async function retitle(
  client: pg.PoolClient,
  conversation: ConversationId,
  title: string,
): Promise<Change> {
  await client.query("update conversations set title = $2 where id = $1", [conversation, title]);
  return record(client, conversation, { type: "conversation.updated", joined: 0 });
}

/** Under the conversation's lock: the next revision and its entry in `changes`, with the conversation as it now is. */
const RECORD = `
with head as (
  update conversations
  set last_rev = last_rev + 1, member_count = member_count + $2, member_version = member_version + abs($2)
  where id = $1 returning last_rev as rev, last_seq, title, member_count
), logged as (
  insert into changes (conversation_id, rev, type, last_seq, user_id, state, at)
  select $1, rev, $3, last_seq, $4, jsonb_build_object('title', title, 'memberCount', member_count) || $5::jsonb,
    clock_timestamp()
  from head returning at
)
select head.*, logged.at from head, logged`;

async function record(
  client: pg.PoolClient,
  conversation: ConversationId,
  about: { type: ChangeType; member?: Member; joined: -1 | 0 | 1 },
): Promise<Change> {
  const { member } = about;
  const state: Pick<ChangeState, "member"> =
    member === undefined ? {} : { member: { role: member.role, joinedAt: member.joinedAt } };
  const { rows } = await client.query<{ rev: number; title: string; member_count: number; at: Date }>(
    RECORD,
    [conversation, about.joined, about.type, member?.id ?? null, JSON.stringify(state)],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("The conversation to change does not exist.");
  return {
    conversationId: conversation,
    rev: row.rev,
    type: about.type,
    ...(member === undefined ? {} : { member }),
    conversation: { id: conversation, title: row.title, memberCount: row.member_count },
    at: toTimestamp(row.at),
  };
}

function toMember({ id, username, name, role, joined_at }: MemberRow): Member {
  return { id, username, name, role, joinedAt: toTimestamp(joined_at) };
}

import type pg from "pg";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { GroupOutcome, GroupRequest } from "@/lib/usecases/ports/conversation-store";
import { inTransaction } from "./transaction";

interface Made {
  id: ConversationId;
  created: boolean;
}

/** The smaller id first: the same key from both sides. */
const directKey = (one: UserId, other: UserId) => [one, other].sort().join(":");

/** Whoever comes second waits for the first one's commit and then finds the conversation. */
export async function openDirect(pool: pg.Pool, one: UserId, other: UserId): Promise<Made> {
  const key = directKey(one, other);
  const find = async (database: pg.Pool | pg.PoolClient) => {
    const found = await database.query<{ id: ConversationId }>({
      name: "direct",
      text: "select id from conversations where direct_key = $1",
      values: [key],
    });
    return found.rows[0]?.id;
  };
  const known = await find(pool);
  if (known !== undefined) return { id: known, created: false };
  return inTransaction(pool, "begin", async (client) => {
    const people = [...new Set([one, other])];
    const { rows } = await client.query<{ id: ConversationId }>(
      `insert into conversations (id, kind, direct_key, created_by, member_count)
       values (gen_random_uuid(), 'direct', $1, $2, $3)
       on conflict (direct_key) do nothing returning id`,
      [key, one, people.length],
    );
    const id = rows[0]?.id;
    if (id === undefined) return { id: existing(await find(client)), created: false };
    await addFirstMembers(client, id, people, undefined);
    return { id, created: true };
  });
}

/** Whoever comes second with the same (creator, client id) waits for the first one's commit and then finds the group. */
export async function createGroup(
  pool: pg.Pool,
  group: GroupRequest & { id: ConversationId; title: string; members: readonly UserId[] },
): Promise<GroupOutcome> {
  return inTransaction(pool, "begin", async (client) => {
    const people = [...new Set([group.creator, ...group.members])];
    const { rowCount } = await client.query(
      `insert into conversations (id, kind, title, created_by, client_id, member_count, sent_hash)
       values ($1, 'group', $2, $3, $4, $5, sha256(uuid_send($1) || convert_to($6, 'UTF8')))
       on conflict (created_by, client_id) do nothing`,
      [group.id, group.title, group.creator, group.clientId, people.length, group.content],
    );
    if (rowCount === 0) return existing(await createdGroup(client, group));
    await addFirstMembers(client, group.id, people, group.creator);
    return { kind: "created", id: group.id };
  });
}

/** The group stands for what was asked for first, whatever it is called and whoever is in it by now. */
export async function createdGroup(
  database: pg.Pool | pg.PoolClient,
  { creator, clientId, content }: GroupRequest,
): Promise<GroupOutcome | undefined> {
  const { rows } = await database.query<{ id: ConversationId; same: boolean }>(
    `select id, coalesce(sent_hash = sha256(uuid_send(id) || convert_to($3, 'UTF8')), true) as same
     from conversations where created_by = $1 and client_id = $2`,
    [creator, clientId, content],
  );
  const first = rows[0];
  return first && (first.same ? { kind: "repeated", id: first.id } : { kind: "conflict" });
}

async function addFirstMembers(
  client: pg.PoolClient,
  conversation: ConversationId,
  people: readonly UserId[],
  owner: UserId | undefined,
): Promise<void> {
  await client.query(
    `insert into members (conversation_id, user_id, role)
     select $1, person, case when person = $3 then 'owner' else 'member' end from unnest($2::uuid[]) as person`,
    [conversation, people, owner ?? null],
  );
}

/** A conflicting row was committed before the insert gave up, and conversations are never deleted. */
function existing<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("A conversation is there and not to be found.");
  return found;
}

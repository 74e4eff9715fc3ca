import type pg from "pg";
import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
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

/** A repeat of (creator, client id) finds the first group, whatever else it says. */
export async function createGroup(
  pool: pg.Pool,
  group: {
    id: ConversationId;
    creator: UserId;
    clientId: ClientId;
    title: string;
    members: readonly UserId[];
  },
): Promise<Made> {
  return inTransaction(pool, "begin", async (client) => {
    const people = [...new Set([group.creator, ...group.members])];
    const { rowCount } = await client.query(
      `insert into conversations (id, kind, title, created_by, client_id, member_count)
       values ($1, 'group', $2, $3, $4, $5)
       on conflict (created_by, client_id) do nothing`,
      [group.id, group.title, group.creator, group.clientId, people.length],
    );
    if (rowCount === 0) {
      const { rows } = await client.query<{ id: ConversationId }>(
        "select id from conversations where created_by = $1 and client_id = $2",
        [group.creator, group.clientId],
      );
      return { id: existing(rows[0]?.id), created: false };
    }
    await addFirstMembers(client, group.id, people, group.creator);
    return { id: group.id, created: true };
  });
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
function existing(id: ConversationId | undefined): ConversationId {
  if (id === undefined) throw new Error("A conversation is there and not to be found.");
  return id;
}

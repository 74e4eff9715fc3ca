import { withDatabase } from "./database";
import type { HomingServer } from "./homing-server";

/**
 * Makes a conversation as long as years make it: `count` messages, numbered from 1, by its two members in turn, 100 a
 * day, the last an hour ago; all read. What `text` says of a number is done by the database: `message 1` and so on.
 */
export async function writeLongHistory(homing: HomingServer, path: string, count: number): Promise<void> {
  const id = path.split("/").at(-1);
  await withDatabase(homing, async (database) => {
    await database.query("begin");
    await database.query(
      `insert into messages
        (conversation_id, seq, created_rev, rev, id, sender_id, client_id, body, sent_hash, created_at)
      select $1, n, n, n, m.id, members.ids[1 + n % 2], gen_random_uuid(), m.body,
        sha256(uuid_send(m.id) || convert_to(m.body, 'UTF8')),
        now() - interval '1 hour' - ($2 - n) * interval '864 seconds'
      from generate_series(1, $2::bigint) as n
      cross join lateral (select gen_random_uuid() as id, 'message ' || n as body) as m
      cross join (select array_agg(user_id) as ids from members where conversation_id = $1) as members`,
      [id, count],
    );
    await database.query(
      `update conversations set last_seq = $2, last_rev = $2, last_message_at = now() - interval '1 hour'
      where id = $1`,
      [id, count],
    );
    await database.query("update members set read_seq = $2, delivered_seq = $2 where conversation_id = $1", [
      id,
      count,
    ]);
    await database.query("commit");
  });
}

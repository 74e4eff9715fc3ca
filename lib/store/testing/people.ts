import { randomUUID } from "node:crypto";
import { type UserId, userId } from "@/lib/contract/ids";
import type { StoreConnections } from "../database";

/** Accounts that nobody signs in to, straight into the table: `person1`, `person2` and so on after those there are. */
export async function addPeople(connections: StoreConnections, count: number): Promise<UserId[]> {
  const ids = Array.from({ length: count }, () => userId.parse(randomUUID()));
  await connections.pool.query(
    `insert into users (id, username, name, password_hash, role)
     select id, 'person' || n, 'Person ' || n, '', 'user'
     from (select id, position + (select count(*) from users) as n
           from unnest($1::uuid[]) with ordinality as given(id, position)) numbered`,
    [ids],
  );
  return ids;
}

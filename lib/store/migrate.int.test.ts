import { afterAll, beforeAll, expect, test } from "vitest";
import { connectStore, type StoreConnections } from "./database";
import { migrate } from "./migrate";
import { freshDatabase } from "./testing/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connections: StoreConnections;

beforeAll(async () => {
  database = await freshDatabase();
  connections = connectStore({ url: database.url, poolSize: 2, onError: () => undefined });
});
afterAll(async () => {
  await connections.close();
  await database.drop();
});

test("migrating twice at once changes nothing and keeps the epoch", async () => {
  const epoch = () => connections.pool.query("select value from settings where key = 'epoch'");
  const before = await epoch();
  await Promise.all([migrate(connections.db), migrate(connections.db)]);
  expect((await epoch()).rows).toEqual(before.rows);
  expect(before.rows).toHaveLength(1);
});

test("counters are read as numbers", async () => {
  const { rows } = await connections.pool.query("select 5000000000::bigint as counter");
  expect(rows[0]).toEqual({ counter: 5_000_000_000 });
});

import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainArray, textArray } from "./array-parameters";
import { freshDatabase } from "./testing/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

it("brings ids, numbers and what is absent as they are", async () => {
  const ids = [randomUUID(), randomUUID()];
  const { rows } = await client.query("select $1::uuid[] as ids, $2::int[] as numbers", [
    plainArray(ids),
    plainArray([1, null, -3]),
  ]);
  expect(rows).toEqual([{ ids, numbers: [1, null, -3] }]);
});

it("brings any text as it is", async () => {
  const texts = ["", "plain", "NULL", '{"a\\b",}', "line\nbreak\t", "é 日本 👩‍👩‍👧", "x".repeat(8_000)];
  const { rows } = await client.query("select $1::text[] as texts", [textArray(texts)]);
  expect(rows).toEqual([{ texts }]);
});

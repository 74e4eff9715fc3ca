import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectStore } from "@/lib/store/database";
import { migrate } from "@/lib/store/migrate";
import { type PostgresServer, startPostgresServer } from "@/lib/store/testing/postgres-server";
import { closed, connect, refusalOf } from "./testing/test-client";
import { startTestNode, type TestNode } from "./testing/test-node";

let postgres: PostgresServer;
let node: TestNode;

beforeAll(async () => {
  postgres = await startPostgresServer({ durable: false });
  const url = postgres.url("postgres");
  const connections = connectStore({ url, poolSize: 1, onError: () => undefined });
  await migrate(connections.db);
  await connections.close();
  node = await startTestNode({ databaseUrl: url });
});
afterAll(async () => {
  await node.stop();
  await postgres.remove();
});

it("answers unavailable while the database is away, keeps sockets, and heals by itself", async () => {
  const [ada, bob] = [await node.createUser("ada"), await node.createUser("bob")];
  const [client, bobs] = [await connect(node, ada), await connect(node, bob)];
  const open = await client.ask("conversation:open", { username: "bob" });
  expect(open).toMatchObject({ ok: true });
  await client.ask("presence:watch", { userIds: [bob.account.id] });

  await postgres.stop("immediate");
  const unavailable = { ok: false, error: { code: "unavailable", retryAfterMs: expect.any(Number) } };
  for (const [event, payload] of [
    ["sync", {}],
    ["conversation:open", { username: "bob" }],
    ["conversation:history", { conversationId: randomUUID() }],
    ["message:send", { conversationId: randomUUID(), clientId: randomUUID(), body: "hello" }],
    ["typing", { conversationId: randomUUID(), on: true }],
    ["people:search", {}],
  ] as const) {
    expect(await client.ask(event, payload), event).toMatchObject(unavailable);
  }
  expect(await refusalOf(node, { auth: { token: ada.token } })).toMatchObject({
    code: "unavailable",
    retryAfterMs: expect.any(Number),
  });
  // Presence is still told; since when somebody is away is lost.
  bobs.socket.disconnect();
  await expect
    .poll(() => client.heardOf("presence"), { timeout: 10_000 })
    .toEqual([{ userId: bob.account.id, state: "offline" }]);
  await expect.poll(() => node.counters.sweepFailures).toBeGreaterThan(0);
  expect(client.socket.connected).toBe(true);

  await postgres.start();
  await expect
    .poll(() => client.ask("sync", {}), { timeout: 10_000 })
    .toMatchObject({ ok: true, conversations: [{ kind: "direct" }] });
  await connect(node, bob);
  await expect.poll(() => client.heardOf("presence").at(-1)).toMatchObject({ state: "online" });
  await node.people.setDisabled(ada.account.id, true);
  await closed(client);
  expect(client.heardOf("session:end")).toEqual([{ reason: "disabled" }]);
  expect(node.counters.unexpectedErrors).toBe(0);
});

import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import { isHomingError } from "@/lib/domain/homing-error";
import type { NewMessage } from "@/lib/usecases/ports/conversation-store";
import { connectStore } from "./database";
import { migrate } from "./migrate";
import { addPeople } from "./testing/people";
import { type PostgresServer, startPostgresServer } from "./testing/postgres-server";
import { newMessage, newMessageId, openNode, present, type StoreNode, stored } from "./testing/stores";
import { startTcpProxy } from "./testing/tcp-proxy";

let server: PostgresServer;
let node: StoreNode;
let ann: UserId;
let id: ConversationId;
beforeAll(async () => {
  server = await startPostgresServer({ durable: true });
  const connections = connectStore({ url: server.url("postgres"), poolSize: 1, onError: () => undefined });
  await migrate(connections.db);
  await connections.close();
  node = openNode(server.url("postgres"));
  const people = await addPeople(node.connections, 2);
  ann = present(people[0]);
  ({ id } = await node.store.openDirect(ann, present(people[1])));
});
afterAll(async () => {
  await node.close();
  await server.remove();
});

/** Sends until it is acknowledged, as a client does; gives how often it was refused. */
async function sendFor(message: NewMessage): Promise<number> {
  for (let refused = 0; ; refused++) {
    try {
      const outcome = await node.store.send({ ...message, id: newMessageId() });
      if (outcome.kind === "stored" || outcome.kind === "duplicate") return refused;
      throw new Error(`A send was ${outcome.kind}.`);
    } catch (error) {
      if (!isHomingError(error) || error.code !== "unavailable") throw error;
      expect(error.retryAfterMs).toBeGreaterThan(0);
      await pause(20);
    }
  }
}

async function everything(): Promise<string[]> {
  const bodies: string[] = [];
  for (let afterRev = 0; ; ) {
    const page = present(await node.store.changes(ann, id, { afterRev, limit: 500 }));
    bodies.push(...page.changes.map(({ message }) => message?.body ?? ""));
    afterRev += page.changes.length;
    if (!page.hasMore) return bodies;
  }
}

it("loses and doubles nothing when PostgreSQL crashes under way, refuses meanwhile, and heals by itself", async () => {
  const acknowledged: string[] = [];
  let refusals = 0;
  let stop = false;
  const writers = Array.from({ length: 20 }, async (_, writer) => {
    for (let n = 0; !stop; n++) {
      const body = `${writer} ${n}`;
      refusals += await sendFor(newMessage(id, ann, { body }));
      acknowledged.push(body);
    }
  });
  for (let crash = 1; crash <= 3; crash++) {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 100);
    await server.stop("immediate");
    const refusedBefore = refusals;
    const settled = await node.store.heads(ann).catch((error: unknown) => error);
    expect(isHomingError(settled) && settled.code).toBe("unavailable");
    await server.start();
    await expect
      .poll(() => acknowledged.length + refusals, { timeout: 20_000 })
      .toBeGreaterThan(refusedBefore);
  }
  const before = acknowledged.length;
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 100);
  stop = true;
  await Promise.all(writers);
  expect(refusals).toBeGreaterThan(0);
  const bodies = await everything();
  expect(bodies).toHaveLength(new Set(bodies).size);
  expect([...bodies].sort()).toEqual([...acknowledged].sort());
  expect(await node.store.head(ann, id)).toMatchObject({ lastSeq: bodies.length, lastRev: bodies.length });
}, 90_000);

it("is stored once and told once when the connection breaks between COMMIT and the answer", async () => {
  const proxy = await startTcpProxy(server.port);
  const distant = openNode(`postgres://homing@127.0.0.1:${proxy.port}/postgres`);
  const first = stored(await distant.store.send(newMessage(id, ann))).message;
  const sent = newMessage(id, ann);
  proxy.loseNextAnswer();
  const outcome = stored(await distant.store.send(sent));
  expect(outcome.message).toMatchObject({ id: sent.id, seq: first.seq + 1, body: sent.body });
  expect(outcome.change).toMatchObject({ type: "message.created", rev: first.rev + 1 });
  expect(outcome.members).toHaveLength(2);
  expect(await node.store.head(ann, id)).toMatchObject({ lastSeq: first.seq + 1, lastRev: first.rev + 1 });
  await distant.close();
  await proxy.close();
});

it("gives up on a server that says nothing any more, and comes back when it does", async () => {
  const proxy = await startTcpProxy(server.port);
  const url = `postgres://homing@127.0.0.1:${proxy.port}/postgres`;
  const distant = openNode(url, { answerWithinMs: 300 });
  const sent = newMessage(id, ann);
  const requests = () => [
    distant.store.send({ ...sent, id: newMessageId() }),
    distant.store.moveCursors(ann, id, { readSeq: 1 }),
    distant.store.history(ann, id, { limit: 1 }),
    distant.store.change(id, (unit) => unit.memberIds()),
  ];
  await Promise.all(requests());
  proxy.blackhole();
  for (const settled of await Promise.allSettled(requests())) {
    const error: unknown = settled.status === "rejected" ? settled.reason : undefined;
    expect(isHomingError(error) && error.code).toBe("unavailable");
  }
  proxy.heal();
  await Promise.all(requests());
  expect(await distant.store.send({ ...sent, id: newMessageId() })).toMatchObject({ kind: "duplicate" });
  await distant.close();
  await proxy.close();
});

it("replaces a connection that the server ended", async () => {
  stored(await node.store.send(newMessage(id, ann)));
  await node.connections.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  stored(await node.store.send(newMessage(id, ann)));
  expect(await node.store.moveCursors(ann, id, { readSeq: 1 })).toMatchObject({
    readSeq: expect.any(Number),
  });
});

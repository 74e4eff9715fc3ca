import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ClusterRefusedError } from "@/lib/cluster/cluster";
import { SHORT_LEASES } from "@/lib/cluster/testing/node";
import { type RedisProcess, startRedis } from "@/lib/cluster/testing/redis";
import { undoAfterEach } from "@/lib/cluster/testing/undo";
import { clientId, conversationId, messageId } from "@/lib/contract/ids";
import { closed, connect, type TestClient } from "@/lib/realtime/testing/test-client";
import { createTestUser, type TestUser } from "@/lib/realtime/testing/test-user";
import { freshDatabase } from "@/lib/store/testing/database";
import { buildConversationUseCases } from "@/lib/usecases/build-conversations";
import { type ComposedNode, startComposedNode } from "./testing/composed-node";

const undo = undoAfterEach();
let database: Awaited<ReturnType<typeof freshDatabase>>;
let redis: RedisProcess;

beforeAll(async () => {
  [database, redis] = await Promise.all([freshDatabase(), startRedis()]);
});
afterAll(async () => {
  await redis.remove();
  await database.drop();
});

type Routing = "directed" | "broadcast";

async function startNode(routing: Routing, prefix: string, redisUrl = redis.url): Promise<ComposedNode> {
  const node = await startComposedNode(
    {
      DATABASE_URL: database.url,
      DATABASE_POOL: "4",
      REDIS_URL: redisUrl,
      REDIS_PREFIX: prefix,
      REDIS_COMMAND_TIMEOUT_MS: "1000",
      ROUTING: routing,
      NODE_NAME: `node-${randomUUID().slice(0, 8)}`,
    },
    { leases: SHORT_LEASES, graceMs: 100 },
  );
  undo(() => node.shutdown());
  return node;
}

async function startTwo(routing: Routing): Promise<[ComposedNode, ComposedNode]> {
  const prefix = randomUUID();
  const nodes: [ComposedNode, ComposedNode] = [
    await startNode(routing, prefix),
    await startNode(routing, prefix),
  ];
  await vi.waitFor(async () => expect((await nodes[0].joined.cluster.nodes()).size).toBe(2));
  await vi.waitFor(async () => expect((await nodes[1].joined.cluster.nodes()).size).toBe(2));
  return nodes;
}

const newUser = (node: ComposedNode) =>
  createTestUser(node.services.people, `u${randomUUID().replaceAll("-", "").slice(0, 12)}`, "user");

const opened = z.object({ conversation: z.object({ id: conversationId }) });
const openWith = async (client: TestClient, other: TestUser) =>
  opened.parse(await client.ask("conversation:open", { username: other.account.username })).conversation.id;
const send = (client: TestClient, conversation: string, body: string) =>
  client.ask("message:send", { conversationId: conversation, clientId: randomUUID(), body });
const bodiesOf = (client: TestClient) =>
  z
    .array(z.object({ message: z.object({ body: z.string() }).optional() }))
    .parse(client.heardOf("change"))
    .map(({ message }) => message?.body);
const within = { timeout: 10_000 };

describe.each<Routing>(["directed", "broadcast"])("two nodes with ROUTING=%s", (routing) => {
  it("carry messages, cursors and presence to the people on the other one", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [adaHere, adaThere, bobThere] = [
      await connect(a, ada),
      await connect(b, ada),
      await connect(b, bob),
    ];
    const conversation = await openWith(adaHere, bob);
    for (const body of ["one", "two", "three"]) {
      expect(await send(adaHere, conversation, body)).toMatchObject({ ok: true });
    }
    for (const client of [adaHere, adaThere, bobThere]) {
      await vi.waitFor(() => expect(bodiesOf(client)).toEqual(["one", "two", "three"]), within);
    }
    await bobThere.ask("read:set", { conversationId: conversation, seq: 3 });
    await vi.waitFor(() => expect(adaHere.heardOf("receipt").at(-1)).toMatchObject({ readSeq: 3 }), within);
    await adaHere.ask("presence:watch", { userIds: [bob.account.id] });
    bobThere.socket.disconnect();
    await vi.waitFor(
      () =>
        expect(adaHere.heardOf("presence").at(-1)).toMatchObject({
          userId: bob.account.id,
          state: "offline",
        }),
      within,
    );
  });

  it("find nothing to repair while nothing fails, new conversations included", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    const conversation = await openWith(here, bob);
    expect(await send(there, conversation, "hello")).toMatchObject({ ok: true });
    const group = { clientId: randomUUID(), title: "group", usernames: [ada.account.username] };
    expect(await there.ask("conversation:create", group)).toMatchObject({ ok: true });
    // What is committed and never told comes later than anything that would have been repaired wrongly.
    await a.services.store.send({
      id: messageId.parse(randomUUID()),
      conversationId: await openWith(here, ada),
      senderId: ada.account.id,
      clientId: clientId.parse(randomUUID()),
      body: "nobody was told",
    });
    const repairs = () => a.services.traffic.repairs() + b.services.traffic.repairs();
    await vi.waitFor(() => expect(repairs()).toBeGreaterThan(0), within);
    expect(repairs()).toBe(1);
  });

  it("end a session's sockets wherever they are", async () => {
    const [a, b] = await startTwo(routing);
    const ada = await newUser(a);
    const [here, there] = [await connect(a, ada), await connect(b, ada)];
    a.services.fanOut.endCredentials([ada.tokenId], "revoked");
    await Promise.all([closed(here), closed(there)]);
    expect(there.heardOf("session:end")).toEqual([{ reason: "revoked" }]);
  });

  it("tell within 10 s what was committed and never published", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    const conversation = await openWith(here, bob);
    await vi.waitFor(() => expect(there.heardOf("head")).toHaveLength(1), within);
    // As if the node died between COMMIT and everything after it.
    await a.services.store.send({
      id: messageId.parse(randomUUID()),
      conversationId: conversation,
      senderId: ada.account.id,
      clientId: clientId.parse(randomUUID()),
      body: "nobody was told",
    });
    for (const client of [here, there]) {
      await vi.waitFor(
        () =>
          expect(client.heardOf("head").at(-1)).toMatchObject({ id: conversation, lastSeq: 1, lastRev: 1 }),
        within,
      );
    }
  });

  it("tell within 10 s who was removed and never heard of it", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    const group = { clientId: randomUUID(), title: "group", usernames: [bob.account.username] };
    const { conversation } = opened.parse(await here.ask("conversation:create", group));
    const { store, people } = a.services;
    const ignore = () => undefined;
    const silent = { change: ignore, head: ignore, gone: ignore, receipt: ignore, endCredentials: ignore };
    const randomness = { uuid: randomUUID, secret: () => "" };
    const unheard = buildConversationUseCases({ store, people, fanOut: silent, randomness });
    const actor = { ...ada.account, credential: { kind: "session", id: ada.session } } as const;
    const remove = { conversationId: conversation.id, remove: [bob.account.username] };
    await unheard.updateConversation(actor, remove);
    await vi.waitFor(
      () => expect(there.heardOf("gone")).toEqual([{ conversationId: conversation.id }]),
      within,
    );
    expect(here.heardOf("gone")).toEqual([]);
  });

  it("refuse a third with the other routing", async () => {
    const prefix = randomUUID();
    await startNode(routing, prefix);
    const other = routing === "directed" ? "broadcast" : "directed";
    const refused = startNode(other, prefix);
    await expect(refused).rejects.toBeInstanceOf(ClusterRefusedError);
    await expect(refused).rejects.toThrow(`running nodes have ROUTING=${routing}`);
  });

  it("acknowledge and deliver at home while Redis is away, from the start on, and join when it is back", async () => {
    const own = await startRedis();
    undo(() => own.remove());
    await own.kill();
    const prefix = randomUUID();
    const [a, b] = [await startNode(routing, prefix, own.url), await startNode(routing, prefix, own.url)];
    const [ada, bob, eve] = [await newUser(a), await newUser(a), await newUser(a)];
    const [adaHere, bobHere, eveThere] = [
      await connect(a, ada),
      await connect(a, bob),
      await connect(b, eve),
    ];
    const conversation = await openWith(adaHere, bob);
    expect(await send(adaHere, conversation, "Redis is away")).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(bodiesOf(bobHere)).toEqual(["Redis is away"]), within);
    const withEve = await openWith(adaHere, eve);
    expect(await send(adaHere, withEve, "found by the other node itself")).toMatchObject({ ok: true });
    await vi.waitFor(
      () => expect(eveThere.heardOf("head").at(-1)).toMatchObject({ id: withEve, lastSeq: 1 }),
      within,
    );
    await own.start();
    await vi.waitFor(async () => expect((await a.joined.cluster.nodes()).size).toBe(2), within);
    await vi.waitFor(async () => expect((await b.joined.cluster.nodes()).size).toBe(2), within);
    await vi.waitFor(
      async () => {
        expect(await send(adaHere, withEve, "Redis is back")).toMatchObject({ ok: true });
        expect(bodiesOf(eveThere)).toContain("Redis is back");
      },
      { timeout: 10_000, interval: 500 },
    );
  });

  it("reach each other within 10 s while Redis is full, and at once when it is not any more", async () => {
    const own = await startRedis();
    undo(() => own.remove());
    const prefix = randomUUID();
    const [a, b] = [await startNode(routing, prefix, own.url), await startNode(routing, prefix, own.url)];
    await vi.waitFor(async () => expect((await a.joined.cluster.nodes()).size).toBe(2), within);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    const conversation = await openWith(here, bob);
    await own.cli("config", "set", "maxmemory", "1");
    expect(await send(here, conversation, "Redis is full")).toMatchObject({ ok: true });
    await vi.waitFor(
      () => expect(there.heardOf("head").at(-1)).toMatchObject({ id: conversation, lastSeq: 1 }),
      within,
    );
    expect(a.joined.cluster.stats()?.publishFailures).toBeGreaterThan(0);
    await own.cli("config", "set", "maxmemory", "0");
    await vi.waitFor(
      async () => {
        expect(await send(here, conversation, "there is room again")).toMatchObject({ ok: true });
        expect(bodiesOf(there)).toContain("there is room again");
      },
      { timeout: 10_000, interval: 500 },
    );
  });

  it("say farewell: clients are told to move, and the others see who left", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    await there.ask("presence:watch", { userIds: [ada.account.id] });
    await a.shutdown();
    await closed(here);
    expect(here.heardOf("drain")).toHaveLength(1);
    await vi.waitFor(
      () =>
        expect(there.heardOf("presence").at(-1)).toMatchObject({ userId: ada.account.id, state: "offline" }),
      within,
    );
    await vi.waitFor(async () => expect((await b.joined.cluster.nodes()).size).toBe(1), within);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SHORT_LEASES } from "@/lib/cluster/testing/node";
import { type RedisProcess, startRedis } from "@/lib/cluster/testing/redis";
import { undoAfterEach } from "@/lib/cluster/testing/undo";
import { closed, connect } from "@/lib/realtime/testing/test-client";
import { createTestUser } from "@/lib/realtime/testing/test-user";
import { freshDatabase } from "@/lib/store/testing/database";
import type { Actor } from "@/lib/usecases/actor";
import { type ComposedNode, startComposedNode } from "./testing/composed-node";

const undo = undoAfterEach();
const within = { timeout: 10_000 };
let database: Awaited<ReturnType<typeof freshDatabase>>;
let redis: RedisProcess;

beforeAll(async () => {
  [database, redis] = await Promise.all([freshDatabase(), startRedis()]);
});
afterAll(async () => {
  await redis.remove();
  await database.drop();
});

async function startNode(name: string, environment: Record<string, string>): Promise<ComposedNode> {
  const settings = { DATABASE_URL: database.url, DATABASE_POOL: "4", NODE_NAME: name, ...environment };
  const node = await startComposedNode(settings, { leases: SHORT_LEASES, graceMs: 100 });
  undo(() => node.shutdown());
  return node;
}

const newUser = (node: ComposedNode, role: "admin" | "user" = "user") =>
  createTestUser(node.services.people, `u${randomUUID().replaceAll("-", "").slice(0, 12)}`, role);

async function newAdmin(node: ComposedNode): Promise<Actor> {
  const { account, session } = await newUser(node, "admin");
  return { ...account, credential: { kind: "session", id: session } };
}

/** One figure of the metrics: by its name with its labels, as it is printed. */
async function figure(node: ComposedNode, series: string): Promise<number> {
  const text = await node.operations.metrics.read();
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${series} `));
  if (line === undefined) throw new Error(`${series} is not among the metrics:\n${text}`);
  return Number(line.slice(series.length));
}

describe.each(["directed", "broadcast"])("two nodes with ROUTING=%s", (ROUTING) => {
  async function startTwo(): Promise<[ComposedNode, ComposedNode]> {
    const settings = { REDIS_URL: redis.url, REDIS_PREFIX: randomUUID(), ROUTING };
    const nodes: [ComposedNode, ComposedNode] = [
      await startNode("node-1", settings),
      await startNode("node-2", settings),
    ];
    for (const { joined } of nodes) {
      await vi.waitFor(async () => expect((await joined.cluster.nodes()).size).toBe(2), within);
    }
    return nodes;
  }

  it("know of each other who is there and what they read", async () => {
    const [first, second] = await startTwo();
    const admin = await newAdmin(first);
    const user = await newUser(first);
    const extraHeaders = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0" };
    await connect(second, user, { auth: { token: user.token }, extraHeaders });
    await connect(second, user);
    await vi.waitFor(async () => {
      const [one, two] = await first.operations.useCases.listNodes(admin);
      expect(one).toMatchObject({ name: "node-1", routing: ROUTING, sockets: 0, users: 0 });
      expect(two).toMatchObject({ name: "node-2", routing: ROUTING, sockets: 2, users: 1 });
      expect(two?.report).toBeGreaterThan(1);
    }, within);
    const online = await first.services.useCases.presence.listOnline(admin);
    const connections = online.find(({ id }) => id === user.account.id)?.connections;
    expect(connections).toMatchObject([
      { node: "node-2", browser: "Firefox", system: "Linux" },
      { node: "node-2" },
    ]);
    await expect(first.operations.useCases.listNodes({ ...admin, role: "user" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("drain the one that is meant, until it is told otherwise", async () => {
    const [first, second] = await startTwo();
    const admin = await newAdmin(first);
    const user = await newUser(first);
    const [here, there] = [await connect(first, user), await connect(second, user)];
    const [one, two] = await first.operations.useCases.listNodes(admin);
    const { setNodeDraining } = first.operations.useCases;

    await setNodeDraining(admin, two?.instance ?? "", true);
    expect(second.operations.isDraining()).toBe(true);
    expect(first.operations.isDraining()).toBe(false);
    await closed(there);
    expect(there.heardOf("drain")).toEqual([{ withinMs: 0 }]);
    await expect(connect(second, user)).rejects.toThrow();
    expect(here.socket.connected).toBe(true);
    await vi.waitFor(async () => {
      const listed = await first.operations.useCases.listNodes(admin);
      expect(listed.map(({ isDraining }) => isDraining)).toEqual([false, true]);
    }, within);
    await expect(setNodeDraining(admin, one?.instance ?? "", true)).rejects.toMatchObject({
      code: "conflict",
    });

    await setNodeDraining(admin, two?.instance ?? "", false);
    expect(second.operations.isDraining()).toBe(false);
    expect((await connect(second, user)).socket.connected).toBe(true);
  });
});

describe("the metrics of a node", () => {
  it("move with what happens", async () => {
    const node = await startNode("alone", {});
    const [ada, bob] = [await newUser(node), await newUser(node)];
    const client = await connect(node, ada);
    const opened = await client.ask("conversation:open", { username: bob.account.username });
    const conversation = Reflect.get(Reflect.get(opened, "conversation"), "id");
    const sends = 3;
    for (let number = 0; number < sends; number += 1) {
      const message = { conversationId: conversation, clientId: randomUUID(), body: "hello" };
      expect(await client.ask("message:send", message)).toMatchObject({ ok: true });
    }
    await client.ask("message:send", { conversationId: randomUUID(), clientId: randomUUID(), body: "lost" });
    await client.ask("no:such-event", {});

    expect(await figure(node, 'homing_events_total{event="message:send",outcome="ok"}')).toBe(sends);
    expect(await figure(node, 'homing_events_total{event="message:send",outcome="not_found"}')).toBe(1);
    expect(await figure(node, 'homing_events_total{event="unknown",outcome="bad_request"}')).toBe(1);
    expect(await figure(node, 'homing_event_duration_seconds_count{event="message:send"}')).toBe(sends + 1);
    expect(await figure(node, 'homing_event_duration_seconds_bucket{le="+Inf",event="message:send"}')).toBe(
      sends + 1,
    );
    expect(await figure(node, 'homing_store_batch_size_sum{batch="sends"}')).toBe(sends + 1);
    expect(await figure(node, 'homing_fan_out_duration_seconds_count{event="change"}')).toBe(sends);
    expect(await figure(node, "homing_sockets")).toBe(1);
    expect(await figure(node, "homing_users")).toBe(1);
    expect(await figure(node, 'homing_queue_depth{queue="sends"}')).toBe(0);
    expect(await figure(node, 'homing_database_pool{state="total"}')).toBeGreaterThan(0);
    const text = await node.operations.metrics.read();
    expect(text).not.toContain(ada.account.username);
    expect(text).not.toContain(conversation);
  });
});

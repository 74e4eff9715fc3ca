import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { type RedisProcess, startRedis } from "@/lib/cluster/testing/redis";
import { undoAfterEach } from "@/lib/cluster/testing/undo";
import { connect, type TestClient } from "@/lib/realtime/testing/test-client";
import { createTestUser, type TestUser } from "@/lib/realtime/testing/test-user";
import { freshDatabase } from "@/lib/store/testing/database";
import { type ComposedNode, startComposedNode } from "./testing/composed-node";
import { type SpawnedNode, spawnNode } from "./testing/spawn-node";

/*
 * With the leases that people run with, so these take their time: whoever a dead node leaves behind is offline within 35 s,
 * and what Redis forgot is known again within 35 s.
 */
const BOUND = { timeout: 35_000, interval: 100 };
const undo = undoAfterEach();

interface Rig {
  redis: RedisProcess;
  here: ComposedNode;
  other: SpawnedNode;
  newUser(): Promise<TestUser>;
}

async function startRig(): Promise<Rig> {
  const [database, redis] = await Promise.all([freshDatabase(), startRedis()]);
  undo(() => database.drop());
  undo(() => redis.remove());
  const settings = { DATABASE_URL: database.url, DATABASE_POOL: "4", REDIS_URL: redis.url };
  const here = await startComposedNode({ ...settings, NODE_NAME: "here" });
  undo(() => here.shutdown());
  const other = await spawnNode({ ...settings, NODE_NAME: "other" });
  undo(() => other.kill());
  await vi.waitFor(async () => expect((await here.joined.cluster.nodes()).size).toBe(2), BOUND);
  const newUser = () => createTestUser(here.services.people, `u${randomUUID().slice(0, 8)}`, "user");
  return { redis, here, other, newUser };
}

const states = z.object({ presence: z.array(z.object({ state: z.string() })) });
const statesOf = async (client: TestClient, ...users: TestUser[]) => {
  const userIds = users.map(({ account }) => account.id);
  return states.parse(await client.ask("presence:watch", { userIds })).presence.map(({ state }) => state);
};
const told = (client: TestClient, user: TestUser) =>
  client.heardOf("presence").filter((presence) => JSON.stringify(presence).includes(user.account.id));

it("has people away by what is left when a node was killed: never offline, never online for nothing", async () => {
  const { here, other, newUser } = await startRig();
  const [watcher, ada, bob] = [await newUser(), await newUser(), await newUser()];
  const client = await connect(here, watcher);
  for (const user of [ada, bob]) await connect(here, user, { auth: { token: user.token, idle: true } });
  await connect(other, ada, { auth: { token: ada.token, idle: true } });
  await connect(other, bob);
  await vi.waitFor(async () => expect(await statesOf(client, ada, bob)).toEqual(["away", "online"]), BOUND);
  const before = told(client, ada).length;
  await other.kill();
  await vi.waitFor(() => expect(told(client, bob).at(-1)).toMatchObject({ state: "away" }), BOUND);
  expect(await statesOf(client, ada, bob)).toEqual(["away", "away"]);
  for (const presence of told(client, ada).slice(before)) expect(presence).toMatchObject({ state: "away" });
  expect(told(client, bob)).not.toContainEqual(expect.objectContaining({ state: "offline" }));
}, 90_000);

it("takes the users of a node that was killed offline within 35 s, those with another tab never", async () => {
  const { here, other, newUser } = await startRig();
  const [watcher, ada, bob] = [await newUser(), await newUser(), await newUser()];
  const client = await connect(here, watcher);
  await connect(other, ada);
  await connect(other, bob);
  await connect(here, bob);
  await vi.waitFor(async () => expect(await statesOf(client, ada, bob)).toEqual(["online", "online"]), BOUND);
  await other.kill();
  await vi.waitFor(() => expect(told(client, ada).at(-1)).toMatchObject({ state: "offline" }), BOUND);
  expect(told(client, bob)).not.toContainEqual(expect.objectContaining({ state: "offline" }));
  expect(await statesOf(client, ada, bob)).toEqual(["offline", "online"]);
}, 90_000);

it("knows everybody again within 35 s after Redis lost everything, and says offline of nobody meanwhile", async () => {
  const { redis, here, other, newUser } = await startRig();
  const [watcher, ada, bob] = [await newUser(), await newUser(), await newUser()];
  const client = await connect(here, watcher);
  const adas = await connect(other, ada);
  for (const node of [here, other]) await connect(node, bob, { auth: { token: bob.token, idle: true } });
  await vi.waitFor(async () => expect(await statesOf(client, ada, bob)).toEqual(["online", "away"]), BOUND);
  await redis.cli("flushall");
  const seen = new Set<string>();
  await vi.waitFor(async () => {
    const states = await statesOf(client, ada, bob);
    for (const state of states) seen.add(state);
    expect(adas.heardOf("resync")).not.toEqual([]);
    expect(states).toEqual(["online", "away"]);
  }, BOUND);
  expect(seen).not.toContain("offline");
  expect(told(client, ada)).not.toContainEqual(expect.objectContaining({ state: "offline" }));
}, 90_000);

it("has the clients of a node that stood still for longer than its lease fetch anew", async () => {
  const { here, other, newUser } = await startRig();
  const [watcher, ada] = [await newUser(), await newUser()];
  const client = await connect(here, watcher);
  const adas = await connect(other, ada);
  await vi.waitFor(async () => expect(await statesOf(client, ada)).toEqual(["online"]), BOUND);
  other.pause();
  await vi.waitFor(() => expect(told(client, ada).at(-1)).toMatchObject({ state: "offline" }), BOUND);
  other.resume();
  await vi.waitFor(() => expect(adas.heardOf("resync")).not.toEqual([]), BOUND);
  await vi.waitFor(() => expect(told(client, ada).at(-1)).toMatchObject({ state: "online" }), BOUND);
}, 120_000);

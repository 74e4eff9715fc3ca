import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { connectFor } from "../testing/connect";
import { createMember } from "../testing/node";
import { type RedisProcess, startRedis } from "../testing/redis";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";
import { createRegister, type Register } from "./register";

const undo = undoAfterEach();

async function startServer(): Promise<RedisProcess> {
  const server = await startRedis();
  undo(() => server.remove());
  return server;
}

interface Turned {
  appeared: string[];
  vanished: string[];
}

async function startNode(server: RedisProcess) {
  const redis = connectFor({ kind: "single", url: server.url }, { commandTimeoutMs: 1_000 });
  undo(() => redis.close());
  const membership = createMember(redis);
  const turned: Turned = { appeared: [], vanished: [] };
  let restored = 0;
  const register = createRegister({
    redis,
    membership,
    name: "rooms",
    newEpoch: () => randomUUID(),
    onTurned: ({ appeared, vanished }) => {
      turned.appeared.push(...appeared);
      turned.vanished.push(...vanished);
    },
    onOrphaned: (names) => void turned.vanished.push(...names),
    onRestored: () => {
      restored += 1;
    },
    onError: () => undefined,
  });
  undo(() => register.stop());
  await membership.start();
  await waitUntil("the node is settled", () => membership.isSettled);
  return { membership, register, turned, restored: () => restored, cutOff: () => redis.close() };
}

async function holders(register: Register, name: string): Promise<readonly string[]> {
  const { holders: found } = await register.locator.locate([name]);
  return found[0] ?? [];
}

it("finds a name as soon as adding it is over", async () => {
  const server = await startServer();
  const a = await startNode(server);
  const b = await startNode(server);
  await a.register.held.add("x");
  expect(await holders(b.register, "x")).toEqual([a.membership.nodeId]);
  expect(a.register.held.add("x")).toBe(undefined);
  await b.register.held.add("x");
  expect(await holders(a.register, "x")).toEqual([a.membership.nodeId, b.membership.nodeId]);
  a.register.held.remove("x");
  await waitUntil("it is withdrawn", async () => (await holders(b.register, "x")).length === 1);
  b.register.held.remove("x");
  await waitUntil("nobody holds it", async () => (await holders(b.register, "x")).length === 0);
  expect(a.turned).toEqual({ appeared: ["x"], vanished: [] });
  expect(b.turned).toEqual({ appeared: [], vanished: ["x"] });
});

it("ends in the last state, however quickly a name comes and goes", async () => {
  const server = await startServer();
  const { register, membership } = await startNode(server);
  for (let round = 0; round < 200; round += 1) {
    void register.held.add("stays");
    void register.held.add("goes");
    if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    register.held.remove("goes");
    if (round < 199) register.held.remove("stays");
  }
  await register.held.add("last");
  await waitUntil("it goes", async () => (await holders(register, "goes")).length === 0);
  expect(await holders(register, "stays")).toEqual([membership.nodeId]);
});

it("lets nobody wait for long while Redis does not answer, and announces afterwards", async () => {
  const server = await startServer();
  const { register, membership } = await startNode(server);
  server.pause();
  await register.held.add("x");
  server.resume();
  await waitUntil("it is found", async () => {
    const [found] = await Promise.allSettled([holders(register, "x")]);
    return found?.status === "fulfilled" && found.value[0] === membership.nodeId;
  });
});

it("announces everything anew after Redis lost all, and is not whole until then", async () => {
  const server = await startServer();
  const a = await startNode(server);
  const b = await startNode(server);
  const names = Array.from({ length: 3_000 }, (_, index) => `name-${index}`);
  await Promise.all(names.map((name) => a.register.held.add(name)));
  await b.register.locator.locate(["name-1"]);
  expect(b.register.locator.isWhole).toBe(true);
  const before = a.membership.nodeId;
  await server.cli("flushall");
  expect((await b.register.locator.locate(["name-1"])).isWhole).toBe(false);
  await waitUntil("all is announced", async () => {
    const { holders: found } = await b.register.locator.locate(names);
    return found.every((nodes) => nodes[0] === a.membership.nodeId);
  });
  expect(a.membership.nodeId).not.toBe(before);
  await waitUntil("it is whole again", () => b.register.locator.isWhole);
}, 40_000);

it("finds a part that was lost by itself, within a round of beats", async () => {
  const server = await startServer();
  const a = await startNode(server);
  await a.register.held.add("x");
  await a.register.held.add("y");
  await server.cli("hdel", "homing:{rooms-0}", "x");
  await waitUntil("it is back", async () => (await holders(a.register, "x")).length === 1);
  expect(a.restored()).toBe(1);
});

it("skips the nodes that are gone, and sweeps what they held", async () => {
  const server = await startServer();
  const a = await startNode(server);
  const b = await startNode(server);
  await a.register.held.add("shared");
  await b.register.held.add("shared");
  await b.register.held.add("alone");
  b.cutOff();
  await waitUntil("it is taken off", () => a.turned.vanished.includes("alone"));
  expect(a.turned.vanished).toEqual(["alone"]);
  expect(await holders(a.register, "shared")).toEqual([a.membership.nodeId]);
  expect(await server.cli("hget", "homing:{rooms-0}", "shared")).toBe(a.membership.nodeId);
});

it("skips and sweeps traces of nodes that nobody knows any more", async () => {
  const server = await startServer();
  const a = await startNode(server);
  await a.register.held.add("x");
  await server.cli("hset", "homing:{rooms-0}", "x", `forgotten ${a.membership.nodeId}`);
  expect(await holders(a.register, "x")).toEqual([a.membership.nodeId]);
  await waitUntil("it is swept", async () => {
    return (await server.cli("hget", "homing:{rooms-0}", "x")) === a.membership.nodeId;
  });
});

import { expect, it } from "vitest";
import { connectFor } from "../testing/connect";
import { createMember, SHORT_LEASES } from "../testing/node";
import { type RedisProcess, startRedis } from "../testing/redis";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";
import type { Membership } from "./membership";
import { type MembershipOptions, TermsRefusedError } from "./membership-options";

const undo = undoAfterEach();

async function startServer(...options: string[]): Promise<RedisProcess> {
  const server = await startRedis(...options);
  undo(() => server.remove());
  return server;
}

/** A member with a connection of its own, so that it can be cut off alone. */
function member(server: RedisProcess, changes: Partial<Omit<MembershipOptions, "redis">> = {}) {
  const redis = connectFor({ kind: "single", url: server.url }, { commandTimeoutMs: 1_000 });
  undo(() => redis.close());
  const membership = createMember(redis, changes);
  return { membership, redis, cutOff: () => redis.close() };
}

async function see(membership: Membership, ...ids: string[]): Promise<void> {
  await waitUntil("the members see each other", () => {
    return membership.live.size === ids.length && ids.every((id) => membership.live.has(id));
  });
}

it("knows the live nodes, what they say of themselves, and those that left", async () => {
  const server = await startServer();
  const a = member(server, { describe: () => ({ name: "alpha", sockets: 3 }) }).membership;
  const b = member(server, { describe: () => ({ name: "beta", draining: true }) }).membership;
  await a.start();
  await b.start();
  await see(a, a.nodeId, b.nodeId);
  expect(await a.nodes()).toEqual(
    new Map([
      [a.nodeId, { name: "alpha", sockets: 3 }],
      [b.nodeId, { name: "beta", draining: true }],
    ]),
  );
  await b.stop();
  await see(a, a.nodeId);
  await a.stop();
  expect(await server.cli("zcard", "homing:{nodes}:leases")).toBe("0");
});

it("drops a node that stopped beating, and has its traces swept until that succeeds", async () => {
  const server = await startServer();
  const a = member(server);
  const b = member(server);
  const handedOut: string[][] = [];
  a.membership.addSweeper(async (gone) => {
    handedOut.push([...gone]);
  });
  await a.membership.start();
  await b.membership.start();
  await see(a.membership, a.membership.nodeId, b.membership.nodeId);
  const gone = b.membership.nodeId;
  b.cutOff();
  await see(a.membership, a.membership.nodeId);
  await waitUntil("it is swept", () => handedOut.length > 0);
  expect(handedOut).toEqual([[gone]]);
  await waitUntil(
    "nothing is left",
    async () => (await server.cli("zcard", "homing:{nodes}:lapsed")) === "0",
  );
});

it("refuses other terms while a node lives, and takes them when none does", async () => {
  const server = await startServer();
  const a = member(server, { terms: "directed/1" }).membership;
  await a.start();
  const other = member(server, { terms: "broadcast/1" }).membership;
  await expect(other.start()).rejects.toEqual(new TermsRefusedError("broadcast/1", "directed/1"));
  await a.stop();
  await other.start();
  expect(other.live).toEqual(new Set([other.nodeId]));
});

it("starts without Redis, joins when it is there, and is refused then", async () => {
  const server = await startServer();
  const a = member(server, { terms: "directed/1" }).membership;
  await a.start();
  server.pause();
  const refusals: TermsRefusedError[] = [];
  const late = member(server, { terms: "broadcast/1", onRefused: (error) => refusals.push(error) });
  await late.membership.start();
  expect(late.membership.live.size).toBe(0);
  server.resume();
  await waitUntil("it is refused", () => refusals.length > 0);
  expect(refusals[0]?.theirs).toBe("directed/1");
});

it("begins anew under another id when its lease is lost, and is settled only when all is announced", async () => {
  const server = await startServer();
  const { membership } = member(server);
  let announce: () => void = () => undefined;
  const joins: (string | undefined)[] = [];
  membership.onJoin(async ({ previous }) => {
    joins.push(previous);
    if (previous !== undefined) await new Promise<void>((resolve) => (announce = resolve));
  });
  await membership.start();
  await waitUntil("it is settled", () => membership.isSettled);
  const first = membership.nodeId;
  await server.cli("flushall");
  await waitUntil("it joined again", () => joins.length === 2);
  expect(joins).toEqual([undefined, first]);
  expect(membership.nodeId).not.toBe(first);
  expect(membership.isSettled).toBe(false);
  expect(await server.cli("smembers", "homing:{nodes}:unsettled")).toBe(membership.nodeId);
  announce();
  await waitUntil("it is settled", () => membership.isSettled);
});

it("repeats what runs at a beginning until it succeeds", async () => {
  const server = await startServer();
  const { membership } = member(server);
  let attempts = 0;
  membership.onJoin(async () => {
    attempts += 1;
    if (attempts < 3) throw new Error("not yet");
  });
  await membership.start();
  await waitUntil("it is settled", () => membership.isSettled);
  expect(attempts).toBe(3);
});

it("tells live nodes from those that are gone for ever, and remembers", async () => {
  const server = await startServer();
  const a = member(server, { beatMs: 60_000, leaseMs: 10_000 }).membership;
  await a.start();
  const b = member(server, { leaseMs: 10_000 }).membership;
  await b.start();
  expect(a.live.has(b.nodeId)).toBe(false);
  await a.identify([b.nodeId, "nobody"]);
  expect(a.live.has(b.nodeId)).toBe(true);
  expect(a.isGone("nobody")).toBe(true);
  expect(await server.cli("zrange", "homing:{nodes}:lapsed", "0", "-1")).toBe("nobody");
});

it("does not take leases for granted that end in a far future, after a clock that went back", async () => {
  const server = await startServer();
  const a = member(server).membership;
  await a.start();
  await server.cli("zadd", "homing:{nodes}:leases", "99999999999999", "from-the-future");
  const first = a.nodeId;
  await server.cli("zadd", "homing:{nodes}:leases", "99999999999999", first);
  await waitUntil("it began anew", () => a.nodeId !== first);
  await see(a, a.nodeId);
});

it("keeps its lease and casts doubt when Redis came back with what it had saved", async () => {
  const server = await startServer("--appendonly", "yes", "--appendfsync", "always");
  const { membership } = member(server, { leaseMs: 20_000 });
  let doubts = 0;
  membership.onDoubt(() => {
    doubts += 1;
  });
  await membership.start();
  await waitUntil("it is settled", () => membership.isSettled);
  const id = membership.nodeId;
  await server.kill();
  await server.start();
  await waitUntil("doubt is cast", () => doubts > 0);
  expect(membership.nodeId).toBe(id);
});

it("keeps living through a Redis that does not answer for less than a lease", async () => {
  const server = await startServer();
  const { membership } = member(server, { leaseMs: 5_000 });
  await membership.start();
  const id = membership.nodeId;
  server.pause();
  await new Promise((resolve) => setTimeout(resolve, SHORT_LEASES.leaseMs));
  server.resume();
  let beats = 0;
  membership.onBeat(() => {
    beats += 1;
  });
  await waitUntil("it beats again", () => beats > 1);
  expect(membership.nodeId).toBe(id);
});

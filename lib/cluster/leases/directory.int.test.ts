import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { RedisSettings } from "../redis/settings";
import { connectFor } from "../testing/connect";
import { startRedis } from "../testing/redis";
import { startRedisCluster } from "../testing/redis-cluster";
import { undoAfterEach } from "../testing/undo";
import { Directory } from "./directory";
import { bucketOf } from "./directory-bucket";

const undo = undoAfterEach();
let losses = 0;

beforeEach(() => {
  losses = 0;
});

function openDirectory(target: RedisSettings["target"]): Directory {
  const redis = connectFor(target);
  undo(() => redis.close());
  return new Directory({
    redis,
    name: "rooms",
    newEpoch: () => randomUUID(),
    onLost: () => {
      losses += 1;
    },
  });
}

async function oneServer() {
  const server = await startRedis();
  undo(() => server.remove());
  return { server, directory: openDirectory({ kind: "single", url: server.url }) };
}

describe("Directory", () => {
  it("says which nodes hold a name, and when that turns from nobody or to nobody", async () => {
    const { directory } = await oneServer();
    expect(await directory.announce("A", ["x", "y"])).toEqual(["turned", "turned"]);
    expect(await directory.announce("B", ["y", "z"])).toEqual(["changed", "turned"]);
    expect(await directory.announce("A", ["x", "y"])).toEqual(["same", "same"]);
    expect(await directory.lookup(["x", "y", "z", "nobody"])).toEqual([["A"], ["A", "B"], ["B"], []]);
    expect(await directory.withdraw("A", ["x", "y", "z"])).toEqual(["turned", "changed", "same"]);
    expect(await directory.lookup(["z", "y", "x"])).toEqual([["B"], ["B"], []]);
  });

  it("holds an id apart from another that contains it", async () => {
    const { directory } = await oneServer();
    await directory.announce("AB", ["x"]);
    expect(await directory.announce("A", ["x"])).toEqual(["changed"]);
    expect(await directory.withdraw("A", ["x"])).toEqual(["changed"]);
    expect(await directory.lookup(["x"])).toEqual([["AB"]]);
  });

  it("takes the gone off everywhere, and says whom that leaves with nobody", async () => {
    const { directory } = await oneServer();
    const names = Array.from({ length: 1_500 }, (_, index) => `name-${index}`);
    await directory.announce("dead", names);
    await directory.announce("alive", names.slice(0, 1_000));
    const { orphaned, thinned } = await directory.sweep(new Set(["dead", "other"]));
    expect(thinned.sort()).toEqual(names.slice(0, 1_000).sort());
    expect(orphaned.sort()).toEqual(names.slice(1_000).sort());
    expect(new Set(await directory.lookup(names))).toEqual(new Set([["alive"], []]));
  });

  it("notices that all was lost, at the next lookup, also when others announced anew meanwhile", async () => {
    const { server, directory } = await oneServer();
    await directory.announce("A", ["x"]);
    await directory.lookup(["x"]);
    expect(losses).toBe(0);
    await server.cli("flushall");
    await directory.lookup(["x"]);
    expect(losses).toBe(1);
    await directory.announce("A", ["x"]);
    await directory.lookup(["x"]);
    await server.cli("flushall");
    await directory.announce("B", ["x"]);
    expect(await directory.lookup(["x"])).toEqual([["B"]]);
    expect(losses).toBe(2);
  });

  it("spreads over the masters of a Redis Cluster and answers the same", async () => {
    const cluster = await startRedisCluster();
    undo(() => cluster.remove());
    const directory = openDirectory({ kind: "cluster", nodes: cluster.nodes, tls: false });
    const names = Array.from({ length: 1_200 }, (_, index) => `name-${index}`);
    await directory.announce("A", names);
    await directory.announce("B", names.slice(0, 600));
    const holders = await directory.lookup(names);
    expect(holders.slice(0, 600).every((nodes) => nodes.join() === "A,B")).toBe(true);
    expect(holders.slice(600).every((nodes) => nodes.join() === "A")).toBe(true);
    const sizes = await Promise.all(cluster.servers.map((server) => server.cli("dbsize")));
    expect(sizes.every((size) => Number(size) > 5)).toBe(true);
    expect((await directory.sweep(new Set(["A"]))).orphaned).toHaveLength(600);
  });
});

describe("bucketOf", () => {
  it("spreads names evenly and gives one name one bucket", () => {
    const counts = new Array<number>(64).fill(0);
    for (let index = 0; index < 64_000; index += 1) {
      const bucket = bucketOf(`user:${index}`, 64);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(700);
    expect(bucketOf("user:1", 64)).toBe(bucketOf("user:1", 64));
    expect(bucketOf("anything", 1)).toBe(0);
  });
});

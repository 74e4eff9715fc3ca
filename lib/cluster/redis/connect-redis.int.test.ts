import { afterEach, describe, expect, it } from "vitest";
import { createLogger } from "@/lib/ops/log";
import { startRedis } from "../testing/redis";
import { startRedisCluster } from "../testing/redis-cluster";
import { startWithSentinels } from "../testing/redis-sentinel";
import { waitUntil } from "../testing/wait-until";
import { connectRedis, type RedisConnections } from "./connect-redis";
import { REDIS_DEFAULTS, type RedisSettings } from "./settings";

const log = createLogger({ log: { level: "silent", format: "json" }, node: { name: "test" } });
const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function connect(target: RedisSettings["target"], changes: Partial<RedisSettings> = {}): RedisConnections {
  const redis = connectRedis({ ...REDIS_DEFAULTS, target, ...changes }, log);
  undo.push(() => redis.close());
  return redis;
}

describe("connectRedis to one server", () => {
  it("runs commands with password, user and database number from the address", async () => {
    const server = await startRedis("--requirepass", "p@ss word");
    undo.push(() => server.remove());
    const address = `redis://default:${encodeURIComponent("p@ss word")}@127.0.0.1:${server.port}/3`;
    const redis = connect({ kind: "single", url: address });
    await redis.commands("test").run("set", "greeting", "hello");
    expect(await server.cli("-a", "p@ss word", "-n", "3", "get", "greeting")).toBe("hello");
  });

  it("gives a lane the same connection always, and spreads lanes over the pool", async () => {
    const server = await startRedis();
    undo.push(() => server.remove());
    const redis = connect({ kind: "single", url: server.url }, { poolSize: 2 });
    expect(redis.commands("one")).toBe(redis.commands("one"));
    expect(redis.commands("two")).not.toBe(redis.commands("one"));
  });

  it("fails a command in time while the server is paused, counts it, and goes on afterwards", async () => {
    const server = await startRedis();
    undo.push(() => server.remove());
    const redis = connect({ kind: "single", url: server.url }, { commandTimeoutMs: 300 });
    const client = redis.commands("test");
    await client.run("ping");
    server.pause();
    await expect(client.run("ping")).rejects.toThrow("did not answer ping within 300 ms");
    expect(await redis.ping(200)).toBe(false);
    expect(redis.stats().failures).toBe(1);
    server.resume();
    await waitUntil("it answers again", () => redis.ping(200));
    expect(await client.run("ping")).toBe("PONG");
  });

  it("waits for a server that is back soon, and tells that it is another process", async () => {
    const server = await startRedis();
    undo.push(() => server.remove());
    const redis = connect({ kind: "single", url: server.url });
    let restarts = 0;
    redis.onRestart(() => {
      restarts += 1;
    });
    const client = redis.commands("test");
    await client.run("set", "key", "before");
    await waitUntil("it is known who serves", () => redis.ping(500));
    await server.kill();
    const answer = client.run("get", "key");
    await server.start();
    expect(await answer).toBe(null);
    await waitUntil("the restart shows", () => restarts === 1);
    expect(redis.stats()).toMatchObject({ restarts: 1 });
    expect(redis.stats().reconnects).toBeGreaterThan(0);
  });

  it("sends nothing any more when the server has been away for longer than a command may take", async () => {
    const server = await startRedis();
    undo.push(() => server.remove());
    const redis = connect({ kind: "single", url: server.url }, { commandTimeoutMs: 200 });
    const client = redis.commands("test");
    await client.run("ping");
    await server.kill();
    await waitUntil("it is refused at once", async () => {
      const [outcome] = await Promise.allSettled([client.run("ping")]);
      return outcome?.status === "rejected" && String(outcome.reason).includes("was not sent");
    });
  });
});

describe("connectRedis to a Redis Cluster", () => {
  it("reaches the keys of every master, and pings them all", async () => {
    const cluster = await startRedisCluster();
    undo.push(() => cluster.remove());
    const redis = connect({ kind: "cluster", nodes: cluster.nodes.slice(0, 1), tls: false });
    const client = redis.commands("test");
    const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map((key) => client.run("set", key, key)));
    expect(await Promise.all(keys.map((key) => client.run("get", key)))).toEqual(keys);
    expect(await redis.ping(1_000)).toBe(true);
    cluster.servers[1]?.pause();
    expect(await redis.ping(300)).toBe(false);
    cluster.servers[1]?.resume();
  });
});

describe("connectRedis through Sentinel", () => {
  it("follows a failover and says that Redis is another now", async () => {
    const group = await startWithSentinels();
    undo.push(() => group.remove());
    const redis = connect({ kind: "sentinel", sentinels: group.sentinels, master: group.name, tls: false });
    let restarts = 0;
    redis.onRestart(() => {
      restarts += 1;
    });
    const client = redis.commands("test");
    await client.run("set", "key", "value");
    await client.run("wait", 1, 1_000);
    await group.master.kill();
    await waitUntil("the replica serves", async () => {
      const [outcome] = await Promise.allSettled([client.run("set", "key", "after")]);
      return outcome?.status === "fulfilled";
    });
    expect(await group.replica.cli("get", "key")).toBe("after");
    await waitUntil("the failover shows", () => restarts === 1);
  }, 40_000);
});

import { Cluster, type Redis } from "ioredis";
import { expect, it } from "vitest";
import { createLogger } from "@/lib/ops/log";
import { startRedis } from "../testing/redis";
import { startRedisCluster } from "../testing/redis-cluster";
import { undoAfterEach } from "../testing/undo";
import { connectRedis } from "./connect-redis";
import { REDIS_DEFAULTS, type RedisSettings } from "./settings";

const undo = undoAfterEach();
const log = createLogger({ log: { level: "silent", format: "json" }, node: { name: "test" } });
const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

function openNative(target: RedisSettings["target"]) {
  const redis = connectRedis({ ...REDIS_DEFAULTS, target }, log);
  undo(async () => redis.close());
  return redis.native("test");
}

/** What is written to this connection in one tick is held until its end. */
async function expectGathered(client: Redis): Promise<void> {
  const answers = Promise.all([client.ping(), client.ping()]);
  expect(client.stream.writableCorked).toBe(1);
  await nextTick();
  expect(client.stream.writableCorked).toBe(0);
  expect(await answers).toEqual(["PONG", "PONG"]);
}

it("holds for a connection to one server, also for the next one after a loss", async () => {
  const server = await startRedis();
  undo(() => server.remove());
  const native = openNative({ kind: "single", url: server.url });
  if (native instanceof Cluster) throw new Error("That is a cluster.");
  await native.ping();
  await expectGathered(native);
  await server.kill();
  await server.start();
  await native.ping();
  await expectGathered(native);
});

it("holds for the connections to the masters of a Redis Cluster", async () => {
  const { nodes, remove } = await startRedisCluster(0);
  undo(() => remove());
  const native = openNative({ kind: "cluster", nodes, tls: false });
  if (!(native instanceof Cluster)) throw new Error("That is no cluster.");
  await native.get("any");
  const [master] = native.nodes("master");
  if (master === undefined) throw new Error("There is no master.");
  await master.ping();
  await expectGathered(master);
});

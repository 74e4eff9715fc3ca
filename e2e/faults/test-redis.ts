import { type RedisProcess, startRedis } from "@/lib/cluster/testing/redis";
import { startRedisCluster } from "@/lib/cluster/testing/redis-cluster";
import { startWithSentinels } from "@/lib/cluster/testing/redis-sentinel";
import { waitUntil } from "@/lib/cluster/testing/wait-until";

export type RedisKind = "single" | "cluster" | "sentinel";

/** The Redis of a test cluster, in one of the three ways in which it can be run. */
export interface TestRedis {
  readonly kind: RedisKind;
  /** The port that a node's link stands before; undefined where nodes learn the addresses from Redis itself. */
  readonly linkTarget: number | undefined;
  /** What a node is told; `port` is that of its link. */
  environment(port: number | undefined): Record<string, string>;
  /** Those that hold data. */
  readonly servers: readonly RedisProcess[];
  /** Kills a master and waits until a replica has taken over; `heal` brings the dead one back. */
  failOver?(): Promise<{ heal(): Promise<void> }>;
  remove(): Promise<void>;
}

const FAILOVER_WITHIN_MS = 30_000;

export async function startTestRedis(kind: RedisKind): Promise<TestRedis> {
  if (kind === "single") return startSingle();
  return kind === "cluster" ? startCluster() : startSentinel();
}

async function startSingle(): Promise<TestRedis> {
  const redis = await startRedis();
  return {
    kind: "single",
    linkTarget: redis.port,
    environment: (port = redis.port) => ({ REDIS_URL: `redis://127.0.0.1:${port}` }),
    servers: [redis],
    remove: () => redis.remove(),
  };
}

async function startCluster(): Promise<TestRedis> {
  const cluster = await startRedisCluster(1);
  const masters = async () => {
    const roles = await Promise.all(
      cluster.servers.map(async (server) => ({ server, role: await roleOf(server) })),
    );
    return roles.filter(({ role }) => role === "master").map(({ server }) => server);
  };
  return {
    kind: "cluster",
    linkTarget: undefined,
    environment: () => ({
      REDIS_CLUSTER_NODES: cluster.nodes.map(({ host, port }) => `${host}:${port}`).join(","),
    }),
    servers: cluster.servers,
    async failOver() {
      const [victim] = await masters();
      if (victim === undefined) throw new Error("The Redis Cluster has no master.");
      await victim.kill();
      const others = cluster.servers.filter((server) => server !== victim);
      await waitUntil(
        "a replica has taken over",
        async () => (await masters()).length === 3 && (await allWhole(others)),
        FAILOVER_WITHIN_MS,
      );
      return { heal: () => victim.start() };
    },
    remove: () => cluster.remove(),
  };
}

async function startSentinel(): Promise<TestRedis> {
  const redis = await startWithSentinels();
  const servers = [redis.master, redis.replica];
  return {
    kind: "sentinel",
    linkTarget: undefined,
    environment: () => ({
      REDIS_SENTINELS: redis.sentinels.map(({ host, port }) => `${host}:${port}`).join(","),
      REDIS_MASTER: redis.name,
    }),
    servers,
    async failOver() {
      const roles = await Promise.all(servers.map(roleOf));
      const victim = servers[roles.indexOf("master")];
      const heir = servers.find((server) => server !== victim);
      if (victim === undefined || heir === undefined) throw new Error("There is no master.");
      await victim.kill();
      await waitUntil(
        "the replica is master",
        async () => (await roleOf(heir)) === "master",
        FAILOVER_WITHIN_MS,
      );
      return { heal: () => victim.start() };
    },
    remove: () => redis.remove(),
  };
}

/** `master`, `slave`, or `gone`. */
async function roleOf(server: RedisProcess): Promise<string> {
  const [answer] = await Promise.allSettled([server.cli("role")]);
  return answer?.status === "fulfilled" ? (answer.value.split("\n")[0] ?? "gone") : "gone";
}

async function allWhole(servers: readonly RedisProcess[]): Promise<boolean> {
  const states = await Promise.all(servers.map((server) => server.cli("cluster", "info")));
  return states.every((state) => state.includes("cluster_state:ok"));
}

import { randomBytes } from "node:crypto";
import { startRedis } from "@/lib/cluster/testing/redis";
import { TestDatabase } from "../../e2e/faults/test-database";
import { HomingServer } from "../../e2e/support/homing-server";
import { nodesOfPair, pidOfRedis, sumOf } from "./across";
import { connectHomingPair } from "./homing";
import { familyCpuMicroseconds, processCpuMicroseconds } from "./process-cpu";
import type { Target } from "./target";

/** Homing on several nodes: everything checked, stored and synced to disk before the acknowledgement. */
export const homingCluster = (nodes: number, routing: "directed" | "broadcast"): Target => ({
  name: `Homing, ${routing}`,
  async start(count) {
    const [database, redis] = await Promise.all([TestDatabase.start(), startRedis()]);
    const environment = {
      DATABASE_URL: database.url(),
      REDIS_URL: redis.url,
      ROUTING: routing,
      HOMING_SECRET: randomBytes(32).toString("hex"),
      RATE_LIMITS: "off",
      DRAIN_SECONDS: "0",
    };
    const servers: HomingServer[] = [];
    for (let number = 1; number <= nodes; number += 1) {
      servers.push(await HomingServer.start({ ...environment, NODE_NAME: `node-${number}` }));
    }
    const connected: Awaited<ReturnType<typeof connectHomingPair>>[] = [];
    for (let index = 0; index < count; index += 1) {
      connected.push(await connectHomingPair(nodesOfPair(servers, index), index));
    }
    const [databasePid, redisPid] = await Promise.all([pidOfPostgres(database), pidOfRedis(redis)]);
    return {
      pairs: connected.map(({ pair }) => pair),
      cpuTimes: async () => ({
        servers: await sumOf(servers.map(({ pid }) => processCpuMicroseconds(pid))),
        database: await familyCpuMicroseconds(databasePid),
        bus: await processCpuMicroseconds(redisPid),
      }),
      async stop() {
        for (const { close } of connected) close();
        await Promise.all(servers.map((server) => server.dispose()));
        await Promise.all([redis.remove(), database.remove()]);
      },
    };
  },
});

async function pidOfPostgres(database: TestDatabase): Promise<number> {
  const [row] = await database.query("select pg_read_file('postmaster.pid') as file");
  return Number.parseInt(String(row?.file), 10);
}

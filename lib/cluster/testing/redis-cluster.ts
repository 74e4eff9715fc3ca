import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { freePort } from "@/lib/ops/free-port";
import { type RedisProcess, startRedis } from "./redis";
import { waitUntil } from "./wait-until";

const run = promisify(execFile);

export interface RedisClusterProcesses {
  readonly servers: readonly RedisProcess[];
  readonly nodes: { host: string; port: number }[];
  remove(): Promise<void>;
}

/**
 * A Redis Cluster of three masters, each with `replicas` replicas. A master that is gone for a second is failed over
 * when it has a replica.
 */
export async function startRedisCluster(replicas = 0): Promise<RedisClusterProcesses> {
  const servers = await Promise.all(Array.from({ length: 3 * (1 + replicas) }, startMember));
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  await run("redis-cli", [
    ...["--cluster", "create", ...addresses],
    ...["--cluster-replicas", String(replicas), "--cluster-yes"],
  ]);
  for (const server of servers) {
    await waitUntil("the cluster is whole", async () =>
      (await server.cli("cluster", "info")).includes("cluster_state:ok"),
    );
  }
  return {
    servers,
    nodes: servers.map(({ port }) => ({ host: "127.0.0.1", port })),
    async remove() {
      await Promise.all(servers.map((server) => server.remove()));
    },
  };
}

async function startMember(): Promise<RedisProcess> {
  // By default the port for the other members is 10,000 higher, which may not exist.
  const bus = await freePort();
  return await startRedis(
    ...["--cluster-enabled", "yes", "--cluster-port", String(bus)],
    ...["--cluster-node-timeout", "1000", "--cluster-config-file", "nodes.conf"],
    ...["--repl-diskless-sync-delay", "0"],
  );
}

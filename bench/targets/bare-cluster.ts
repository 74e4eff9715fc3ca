import { startRedis } from "@/lib/cluster/testing/redis";
import { nodesOfPair, pidOfRedis, sumOf } from "./across";
import { connectBarePair, startBareServer } from "./bare";
import { processCpuMicroseconds } from "./process-cpu";
import type { Target } from "./target";

/** Socket.IO on several nodes with the stock streams adapter; nothing is stored. */
export const stockStreams = (nodes: number): Target => ({
  name: "stock streams, no storage",
  async start(count) {
    const redis = await startRedis();
    const servers = await Promise.all(Array.from({ length: nodes }, () => startBareServer(redis.url)));
    const urls = servers.map(({ url }) => url);
    const connected = await Promise.all(
      Array.from({ length: count }, (_, index) => connectBarePair(nodesOfPair(urls, index), index)),
    );
    const redisPid = await pidOfRedis(redis);
    return {
      pairs: connected.map(({ pair }) => pair),
      cpuTimes: async () => ({
        servers: await sumOf(servers.map(({ pid }) => processCpuMicroseconds(pid))),
        database: 0,
        bus: await processCpuMicroseconds(redisPid),
      }),
      async stop() {
        for (const { close } of connected) close();
        await Promise.all(servers.map((server) => server.stop()));
        await redis.remove();
      },
    };
  },
});

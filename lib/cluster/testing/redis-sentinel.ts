import { type RedisProcess, startRedis, startSentinel } from "./redis";
import { waitUntil } from "./wait-until";

export interface SentinelProcesses {
  readonly master: RedisProcess;
  readonly replica: RedisProcess;
  readonly sentinels: { host: string; port: number }[];
  /** The name under which the sentinels know the master. */
  readonly name: string;
  remove(): Promise<void>;
}

const NAME = "homing-master";

/** A master with one replica and three sentinels, which fail over when the master is gone for a second. */
export async function startWithSentinels(): Promise<SentinelProcesses> {
  const master = await startRedis("--repl-diskless-sync-delay", "0");
  const replica = await startRedis("--replicaof", "127.0.0.1", String(master.port));
  await waitUntil("the replica follows", async () =>
    (await replica.cli("info", "replication")).includes("master_link_status:up"),
  );
  const watchers = await Promise.all([1, 2, 3].map(() => startWatcher(master.port)));
  for (const watcher of watchers) {
    await waitUntil("the sentinels know each other and the replica", async () => {
      const state = await watcher.cli("sentinel", "master", NAME);
      return /num-slaves\s+1\b/.test(state) && /num-other-sentinels\s+2\b/.test(state);
    });
  }
  return {
    master,
    replica,
    name: NAME,
    sentinels: watchers.map(({ port }) => ({ host: "127.0.0.1", port })),
    async remove() {
      await Promise.all([...watchers, master, replica].map((process) => process.remove()));
    },
  };
}

function startWatcher(port: number): Promise<RedisProcess> {
  return startSentinel(
    `sentinel monitor ${NAME} 127.0.0.1 ${port} 2`,
    `sentinel down-after-milliseconds ${NAME} 1000`,
    `sentinel failover-timeout ${NAME} 5000`,
  );
}

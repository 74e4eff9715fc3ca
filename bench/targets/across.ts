import type { RedisProcess } from "@/lib/cluster/testing/redis";

/** The nodes of a pair: who sends is on one, who receives on the next, so that every message crosses nodes. */
export function nodesOfPair<Node>(nodes: readonly Node[], index: number): readonly [Node, Node] {
  const [from, to] = [nodes[index % nodes.length], nodes[(index + 1) % nodes.length]];
  if (from === undefined || to === undefined) throw new Error("There are no nodes.");
  return [from, to];
}

/** CPU time of all these processes. */
export async function sumOf(readings: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(readings)).reduce((sum, reading) => sum + reading, 0);
}

export async function pidOfRedis(redis: RedisProcess): Promise<number> {
  const id = /process_id:(\d+)/.exec(await redis.cli("info", "server"))?.[1];
  if (id === undefined) throw new Error("Redis does not say which process it is.");
  return Number(id);
}

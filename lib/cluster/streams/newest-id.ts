import type { RedisClient } from "../redis/redis-client";
import { BEFORE_ALL } from "./entry-id";
import { parseEntries } from "./stream-reply";

/** The id of the newest entry of a stream: where to begin reading, so that the place is a concrete one. */
export async function newestIdOf(client: RedisClient, key: string): Promise<string> {
  const [newest] = parseEntries(await client.run("xrevrange", key, "+", "-", "count", 1));
  return newest?.id ?? BEFORE_ALL;
}

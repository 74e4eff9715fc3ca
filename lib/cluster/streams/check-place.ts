import type { RedisClient } from "../redis/redis-client";
import { compareIds } from "./entry-id";
import { parseEntries } from "./stream-reply";

/**
 * What a reader found out about entries that it can no longer read.
 *
 * - `trimmed`: the oldest entry that is left is newer than the last one read.
 * - `stream_lost`: the stream is gone, or ends before the last entry read: Redis lost what it held.
 */
export type StreamGap = "trimmed" | "stream_lost";

/** Compares the place of a reader, the id of the last entry that it read, with what is left of the stream. */
export async function checkPlace(
  client: RedisClient,
  key: string,
  place: string,
): Promise<StreamGap | undefined> {
  const [[oldest], [newest]] = await Promise.all([
    client.run("xrange", key, "-", "+", "count", 1).then(parseEntries),
    client.run("xrevrange", key, "+", "-", "count", 1).then(parseEntries),
  ]);
  if (oldest === undefined || newest === undefined) return "stream_lost";
  if (compareIds(newest.id, place) < 0) return "stream_lost";
  return compareIds(oldest.id, place) > 0 ? "trimmed" : undefined;
}

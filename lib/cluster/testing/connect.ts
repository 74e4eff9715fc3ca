import { createLogger } from "@/lib/ops/log";
import { connectRedis, type RedisConnections } from "../redis/connect-redis";
import { REDIS_DEFAULTS, type RedisSettings } from "../redis/settings";

/** A log that says nothing. */
export const silentLog = createLogger({
  log: { level: "silent", format: "json" },
  node: { name: "test" },
});

/** Connections with the default settings, some of them changed. */
export function connectFor(
  target: RedisSettings["target"],
  changes: Partial<RedisSettings> = {},
): RedisConnections {
  return connectRedis({ ...REDIS_DEFAULTS, target, ...changes }, silentLog);
}

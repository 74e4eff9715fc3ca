import { createHash } from "node:crypto";
import type { RedisArgument, RedisClient } from "./redis-client";

/** A Lua script whose keys all lie in one slot, so that it runs on a Redis Cluster too. */
export interface RedisScript {
  run(client: RedisClient, keys: readonly string[], args: readonly RedisArgument[]): Promise<unknown>;
}

/** Sends the digest only, and the text when the server does not know it: after its start, `SCRIPT FLUSH` or a failover. */
export function redisScript(lua: string): RedisScript {
  const digest = createHash("sha1").update(lua).digest("hex");
  return {
    async run(client, keys, args) {
      try {
        return await client.run("evalsha", digest, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
        return await client.run("eval", lua, keys.length, ...keys, ...args);
      }
    },
  };
}

import { createAdapter } from "@socket.io/redis-streams-adapter";
import type { Adapter } from "socket.io-adapter";
import type { Membership } from "../leases/membership";
import type { RedisConnections } from "../redis/connect-redis";
import { GapAlarm, type GapReason } from "../routing/gap-alarm";
import type { AdapterNamespace, EventListener, Routing } from "../routing/routing";
import { emptyStats } from "../routing/routing-stats";
import { checkPlace } from "../streams/check-place";
import { putLocalFirst } from "./local-first";
import { PublishGuard } from "./publish-guard";
import { watchReading } from "./watch-reading";

export interface BroadcastRoutingOptions {
  readonly redis: RedisConnections;
  /** Not started yet. */
  readonly membership: Membership;
  /** This node may have missed something for its clients: they should fetch. At most about once a second. */
  readonly onGap: (reason: GapReason) => void;
  readonly onError: (error: unknown) => void;
  readonly onEvent?: EventListener | undefined;
  /** A write without an answer for so long has failed. Default 5 s. */
  readonly publishTimeoutMs?: number;
  /** About so many entries are kept for a node that lags. Default 10,000. */
  readonly maxLength?: number;
}

/** What nodes must have in common to understand each other. */
export const BROADCAST_PROTOCOL = "broadcast/1";

/** One read's longest wait, below the time limit of its command. */
const BLOCK_MS = 2_000;
const PUBLISH_TIMEOUT_MS = 5_000;

/**
 * The stock adapter `@socket.io/redis-streams-adapter`: every node reads everything. Around it: local sockets first,
 * failed publishes counted and none left unhandled, memory bounded while Redis does not answer, and gaps noticed.
 */
export function createBroadcastRouting(options: BroadcastRoutingOptions): Routing {
  const { redis, membership, onError, publishTimeoutMs = PUBLISH_TIMEOUT_MS } = options;
  const stats = emptyStats();
  const alarm = new GapAlarm(options.onGap);
  const native = redis.native("stock-adapter");
  const stream = `${redis.prefix}:{stock}:messages`;
  const guard = new PublishGuard(native, publishTimeoutMs, (error) => {
    stats.publishFailures += 1;
    onError(error);
  });
  const makeAdapter = createAdapter(native, {
    streamName: stream,
    channelPrefix: `${redis.prefix}:{stock}`,
    maxLen: options.maxLength ?? 10_000,
    blockTimeInMs: BLOCK_MS,
  });
  const place: { id: string | undefined } = { id: undefined };

  async function beat(): Promise<void> {
    const client = redis.commands("stock-adapter");
    // Without an entry of its own an idle node reads from `$`, and so loses what is written during an outage.
    const heartbeat = ["uid", membership.nodeId, "nsp", "/", "type", "2"];
    await client.run("xadd", stream, "maxlen", "~", options.maxLength ?? 10_000, "*", ...heartbeat);
    const { id } = place;
    const gap = id === undefined ? undefined : await checkPlace(client, stream, id);
    if (gap === undefined) return;
    place.id = undefined;
    alarm.raise(gap);
  }

  membership.onBeat(() => void beat().catch(onError));
  membership.onDoubt(() => alarm.raise("stream_lost"));
  membership.onSettled(({ previous }) => {
    if (previous !== undefined) alarm.raise("lease_lost");
  });

  // Not an arrow: Socket.IO calls it with `new`.
  function adapter(namespace: AdapterNamespace): Adapter {
    const stock = makeAdapter(namespace);
    putLocalFirst(stock, { namespace, guard, stats, membership });
    const onRead = (id: string) => {
      place.id = id;
    };
    watchReading(stock, { stats, onRead, onEvent: options.onEvent });
    return stock;
  }

  return {
    adapter,
    get isSettled() {
      return membership.isSettled;
    },
    stats: () => ({ ...stats, gaps: alarm.count, queued: guard.unanswered }),
    async close() {
      alarm.stop();
      redis.release(native);
    },
  };
}

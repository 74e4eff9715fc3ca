import { randomUUID } from "node:crypto";
import type { Logger } from "@/lib/ops/log";
import { type Cluster, ClusterRefusedError } from "./cluster";
import { createClusterAdapter, type RoutingName } from "./create-cluster-adapter";
import { createLeasedPresence } from "./leases/leased-presence";
import { type MembershipOptions, TermsRefusedError } from "./leases/membership-options";
import type { NodeInfo } from "./leases/node-info";
import { createAlone } from "./local/create-alone";
import { logFailures } from "./log-failures";
import { connectRedis } from "./redis/connect-redis";
import type { RedisSettings } from "./redis/settings";
import type { GapReason } from "./routing/gap-alarm";
import type { EventListener } from "./routing/routing";

export interface ClusterOptions {
  /** Undefined: this node is alone. */
  readonly settings: { readonly routing: RoutingName; readonly redis: RedisSettings } | undefined;
  /** This node's name. */
  readonly node: string;
  readonly log: Logger;
  /** What this node says of itself beside its name; asked at every beat. */
  readonly describe: () => Omit<NodeInfo, "name">;
  /** Rooms for which the directed routing looks up who holds them; all others reach all nodes. */
  readonly isDirected: (room: string) => boolean;
  readonly onEvent?: EventListener;
  /** The running nodes have another routing; this node, which began without Redis, must not go on. */
  readonly onRefused: (error: ClusterRefusedError) => void;
  /** For tests: shorter leases, and a shorter grace for users without a connection. */
  readonly leases?: Pick<MembershipOptions, "leaseMs" | "beatMs" | "sweepAfterMs">;
  readonly graceMs?: number;
}

/** Makes this node part of a cluster, or a cluster of itself alone, as the settings say. Connects in the background. */
export function createCluster(options: ClusterOptions): Cluster {
  const { settings, node, log } = options;
  const grace = options.graceMs === undefined ? {} : { graceMs: options.graceMs };
  if (settings === undefined) return createAlone({ node, describe: options.describe, ...grace });

  const { routing } = settings;
  const gapListeners: ((reason: GapReason) => void)[] = [];
  const redis = connectRedis(settings.redis, log);
  const bus = createClusterAdapter({
    ...{ routing, redis, log, isDirected: options.isDirected },
    ...(options.leases === undefined ? {} : { leases: options.leases }),
    onEvent: options.onEvent,
    describe: () => ({ ...options.describe(), name: node }),
    onGap: (reason) => {
      for (const listener of gapListeners) listener(reason);
    },
    onRefused: ({ theirs }) => options.onRefused(new ClusterRefusedError(routing, theirs)),
  });
  const presence = createLeasedPresence({
    ...{ redis, node, ...grace },
    membership: bus.membership,
    newEpoch: () => randomUUID(),
    onError: logFailures(log, "presence could not be shared between the nodes"),
  });

  return {
    routing,
    adapter: bus.adapter,
    presence,
    onGap: (listener) => void gapListeners.push(listener),
    async start() {
      try {
        await bus.start();
      } catch (error) {
        if (error instanceof TermsRefusedError) throw new ClusterRefusedError(routing, error.theirs);
        throw error;
      }
    },
    answers: (withinMs) => redis.ping(withinMs),
    nodes: () => bus.membership.nodes(),
    report: () => bus.membership.report(),
    stats: () => bus.stats(),
    async close() {
      try {
        await bus.close();
      } finally {
        redis.close();
      }
    },
  };
}

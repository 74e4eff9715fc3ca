import { randomUUID } from "node:crypto";
import type { Logger } from "@/lib/ops/log";
import { BROADCAST_PROTOCOL, createBroadcastRouting } from "./broadcast/create-broadcast-routing";
import { createDirectedRouting, DIRECTED_PROTOCOL } from "./directed/create-directed-routing";
import { Membership } from "./leases/membership";
import type { MembershipOptions, TermsRefusedError } from "./leases/membership-options";
import type { NodeInfo } from "./leases/node-info";
import { logFailures } from "./log-failures";
import type { RedisConnections } from "./redis/connect-redis";
import type { GapReason } from "./routing/gap-alarm";
import type { EventListener, Routing } from "./routing/routing";

/** How what is emitted on one node reaches the others. */
export type RoutingName = "directed" | "broadcast";

export interface ClusterAdapterOptions {
  readonly routing: RoutingName;
  readonly redis: RedisConnections;
  readonly log: Logger;
  /** What this node says of itself; `name` is the one that operators gave it. Asked at every beat. */
  readonly describe: () => NodeInfo;
  /** Rooms for which the directed routing looks up who holds them; all others reach all nodes. */
  readonly isDirected: (room: string) => boolean;
  /** This node may have missed something for its clients: they should fetch. At most about once a second. */
  readonly onGap: (reason: GapReason) => void;
  readonly onEvent?: EventListener | undefined;
  /** The running nodes have another routing; this node, which began without Redis, must not go on. */
  readonly onRefused: (error: TermsRefusedError) => void;
  /** For tests: shorter leases. */
  readonly leases?: Pick<MembershipOptions, "leaseMs" | "beatMs" | "sweepAfterMs">;
}

export interface ClusterAdapter extends Routing {
  readonly routing: RoutingName;
  /** The nodes of the cluster. What else wants to register with it does so before {@link start}. */
  readonly membership: Membership;
  /**
   * Joins the cluster. Returns without Redis too, and joins when Redis is there.
   *
   * @throws TermsRefusedError when the running nodes have another routing.
   */
  start(): Promise<void>;
}

/** Makes the adapter for Socket.IO that joins this node with the others, as `ROUTING` says. */
export function createClusterAdapter(options: ClusterAdapterOptions): ClusterAdapter {
  const { routing: name, redis, log } = options;
  const onError = logFailures(log, "the bus between the nodes failed");
  const newId = () => randomUUID();
  const membership = new Membership({
    ...options.leases,
    redis,
    terms: name === "directed" ? DIRECTED_PROTOCOL : BROADCAST_PROTOCOL,
    describe: options.describe,
    newId: () => randomUUID().replaceAll("-", "").slice(0, 16),
    onError,
    onRefused: options.onRefused,
  });
  const common = { redis, membership, onError, onGap: options.onGap, onEvent: options.onEvent };
  const routing =
    name === "directed"
      ? createDirectedRouting({ ...common, isDirected: options.isDirected, newId, newEpoch: newId })
      : createBroadcastRouting(common);

  return {
    routing: name,
    membership,
    adapter: routing.adapter,
    get isSettled() {
      return routing.isSettled;
    },
    stats: () => routing.stats(),
    start: () => membership.start(),
    async close() {
      await routing.close();
      await membership.stop();
    },
  };
}

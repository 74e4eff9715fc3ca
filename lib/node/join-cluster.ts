import type { Cluster } from "@/lib/cluster/cluster";
import { type ClusterOptions, createCluster } from "@/lib/cluster/create-cluster";
import { ToldHints } from "@/lib/cluster/reconcile/told-hints";
import type { EventListener } from "@/lib/cluster/routing/routing";
import { isDirectedRoom, userOfRoom } from "@/lib/realtime/rooms";
import { NodeStanding } from "./node-standing";
import type { RunningProcess } from "./running-process";

/** This node among the others, as far as there are any, and what it has heard from them. */
export interface JoinedCluster {
  readonly cluster: Cluster;
  readonly told: ToldHints;
  /** What this node says of itself. */
  readonly standing: NodeStanding;
}

/**
 * Makes this node part of its cluster; `cluster.start()` joins. A node that the others refuse later, since Redis was away
 * before, shuts down.
 */
export function joinCluster(
  { config, log, lifecycle }: RunningProcess,
  timing: Pick<ClusterOptions, "leases" | "graceMs"> = {},
): JoinedCluster {
  const standing = new NodeStanding();
  const told = new ToldHints(() => performance.now());
  const cluster = createCluster({
    ...timing,
    settings: config.cluster,
    node: config.node.name,
    log,
    describe: () => ({ ...standing.report() }),
    isDirected: isDirectedRoom,
    onEvent: notedBy(told),
    onRefused(error) {
      log.fatal({ err: error }, "the cluster refused this node");
      void lifecycle.shutdown("refused by the cluster", 1);
    },
  });
  lifecycle.onShutdown("cluster", "cluster", () => cluster.close());
  return { cluster, told, standing };
}

/** Takes note of an event for these rooms; gives those that must not get it. */
function notedBy(told: ToldHints): EventListener {
  return (event, rooms) => {
    const late = told.received(
      event,
      rooms.flatMap((room) => userOfRoom(room) ?? []),
    );
    return late.length === 0 ? late : rooms.filter((room) => late.includes(userOfRoom(room) ?? ""));
  };
}

import type { Cluster } from "@/lib/cluster/cluster";
import { type ClusterOptions, createCluster } from "@/lib/cluster/create-cluster";
import { receivedChange } from "@/lib/cluster/reconcile/received-change";
import { SeenRevisions } from "@/lib/cluster/reconcile/seen-revisions";
import { isDirectedRoom } from "@/lib/realtime/rooms";
import { NodeStanding } from "./node-standing";
import type { RunningProcess } from "./running-process";

/** This node among the others, as far as there are any, and what it has heard from them. */
export interface JoinedCluster {
  readonly cluster: Cluster;
  readonly seen: SeenRevisions;
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
  const seen = new SeenRevisions(() => performance.now());
  const cluster = createCluster({
    ...timing,
    settings: config.cluster,
    node: config.node.name,
    log,
    describe: () => ({ ...standing.report() }),
    isDirected: isDirectedRoom,
    onEvent(event) {
      const change = receivedChange(event);
      if (change !== undefined) seen.note(change.conversationId, change.rev);
    },
    onRefused(error) {
      log.fatal({ err: error }, "the cluster refused this node");
      void lifecycle.shutdown("refused by the cluster", 1);
    },
  });
  lifecycle.onShutdown("cluster", "cluster", () => cluster.close());
  return { cluster, seen, standing };
}

import { toNodeFacts } from "@/lib/cluster/node-facts";
import { HomingError } from "@/lib/domain/homing-error";
import { createMetrics } from "@/lib/ops/metrics/create-metrics";
import { watchEventLoop } from "@/lib/ops/metrics/event-loop-lag";
import type { Gateway } from "@/lib/realtime/gateway";
import { createNodeCommands } from "@/lib/realtime/node-commands";
import type { StoreConnections } from "@/lib/store/database";
import { buildNodeUseCases } from "@/lib/usecases/build-nodes";
import type { Nodes } from "@/lib/usecases/ports/nodes";
import type { Services } from "./compose-services";
import type { JoinedCluster } from "./join-cluster";
import { OperatorDrain } from "./operator-drain";
import type { RunningProcess } from "./running-process";
import { DRAIN_NOTICE_MS } from "./start-realtime";
import { VERSION } from "./version";

/** For the pages and routes of operators. */
export type Operations = ReturnType<typeof startOperations>;

/** What operators see of this node and do with it: the list of nodes, the drain, the metrics. */
export function startOperations(
  { config, log, lifecycle }: RunningProcess,
  { pool }: StoreConnections,
  { cluster, standing }: JoinedCluster,
  { io, counters, traffic }: Services,
  gateway: Gateway,
) {
  const lag = watchEventLoop();
  lifecycle.onShutdown("work", "event loop watch", () => lag.stop());
  const noticeMs = Math.min(DRAIN_NOTICE_MS, config.drainMs / 4);
  const drain = new OperatorDrain({ gateway, log, noticeMs, withinMs: config.drainMs - noticeMs });
  const isDraining = () => drain.isWished || gateway.isDraining() || lifecycle.signal.aborted;
  const commands = createNodeCommands({
    io,
    instance: standing.instance,
    isAlone: cluster.routing === "local",
    onDrain(draining) {
      drain.set(draining);
      cluster.report();
    },
  });
  if (cluster.routing !== "local") traffic.queues.set("bus", () => cluster.stats()?.queued ?? 0);
  standing.begin({ cluster, gateway, lag, isDraining });

  const nodes: Nodes = {
    async list() {
      const reports = await cluster.nodes().catch((cause: unknown) => {
        throw new HomingError("unavailable", "The bus between the nodes does not answer.", {
          retryAfterMs: 2_000,
          cause,
        });
      });
      const facts = [...reports].map(([id, info]) => toNodeFacts(id, info));
      // Of itself a node knows the newest, and it is there whatever the bus says.
      const own = { ...standing.report(), name: config.node.name };
      return [own, ...facts.filter(({ instance }) => instance !== own.instance)].sort((one, other) =>
        one.name.localeCompare(other.name, "en", { numeric: true }),
      );
    },
    setDraining: (instance, draining) => commands.setDraining(instance, draining),
  };

  const metrics = createMetrics({
    build: { version: VERSION, node: config.node.name, routing: cluster.routing },
    ...{ traffic, lag, pool, isDraining },
    gateway: counters,
    sockets: () => gateway.sockets(),
    users: () => gateway.users(),
    bus: busCounts(cluster),
  });
  return { useCases: buildNodeUseCases({ nodes }), metrics, isDraining };
}

function busCounts(cluster: JoinedCluster["cluster"]) {
  const first = cluster.stats();
  return first && (() => cluster.stats() ?? first);
}

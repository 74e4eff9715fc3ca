import type { Cluster } from "../cluster";
import type { NodeInfo } from "../leases/node-info";
import { createLocalPresence } from "./presence-registry";

/** A node without others: nothing to join, nothing that can get lost between nodes. */
export function createAlone(options: {
  node: string;
  describe: () => Omit<NodeInfo, "name">;
  graceMs?: number;
}): Cluster {
  return {
    routing: "local",
    adapter: undefined,
    presence: createLocalPresence(options),
    onGap: () => undefined,
    start: async () => undefined,
    answers: async () => true,
    nodes: async () => new Map([[options.node, { ...options.describe(), name: options.node }]]),
    report: () => undefined,
    stats: () => undefined,
    close: async () => undefined,
  };
}

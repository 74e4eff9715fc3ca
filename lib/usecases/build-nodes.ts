import { listNodes } from "./nodes/list-nodes";
import { setNodeDraining } from "./nodes/set-node-draining";
import type { Nodes } from "./ports/nodes";
import type { NodeUseCases } from "./use-cases";

/** The use cases about the nodes themselves. */
export function buildNodeUseCases(ports: { nodes: Nodes }): NodeUseCases {
  return { listNodes: listNodes(ports), setNodeDraining: setNodeDraining(ports) };
}

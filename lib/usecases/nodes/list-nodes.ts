import { requireAdmin } from "../accounts/require-admin";
import type { Nodes } from "../ports/nodes";
import type { NodeUseCases } from "../use-cases";

/** See {@link NodeUseCases.listNodes}. */
export function listNodes({ nodes }: { nodes: Nodes }): NodeUseCases["listNodes"] {
  return async (actor) => {
    requireAdmin(actor);
    return nodes.list();
  };
}

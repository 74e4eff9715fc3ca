import { HomingError } from "@/lib/domain/homing-error";
import { requireAdmin } from "../accounts/require-admin";
import type { Nodes } from "../ports/nodes";
import type { NodeUseCases } from "../use-cases";

/**
 * See {@link NodeUseCases.setNodeDraining}. Two admins who drain the last two nodes at the same moment are not kept from
 * it: either node takes people in again by a click.
 */
export function setNodeDraining({ nodes }: { nodes: Nodes }): NodeUseCases["setNodeDraining"] {
  return async (actor, instance, draining) => {
    requireAdmin(actor);
    const all = await nodes.list();
    if (!all.some((node) => node.instance === instance)) {
      throw new HomingError("not_found", "There is no such node any more.");
    }
    const isLast = all.every((node) => node.instance === instance || node.isDraining);
    if (draining && isLast) throw new HomingError("conflict", "No other node would take the people in.");
    if (!(await nodes.setDraining(instance, draining))) {
      throw new HomingError("unavailable", "The node does not answer.");
    }
  };
}

"use server";
import { z } from "zod";
import { getRuntime } from "@/lib/runtime";
import type { NodeFacts } from "@/lib/usecases/ports/nodes";
import type { ActionResult } from "../../action-result";
import { runAction } from "../../run-action";

const wish = z.object({ instance: z.string().min(1).max(100), draining: z.boolean() });

export async function listNodes(): Promise<ActionResult<{ nodes: NodeFacts[] }>> {
  return runAction(async (actor) => ({ nodes: await getRuntime().useCases.nodes.listNodes(actor) }));
}

export async function setNodeDraining(change: z.input<typeof wish>): Promise<ActionResult> {
  return runAction(async (actor) => {
    const { instance, draining } = wish.parse(change);
    await getRuntime().useCases.nodes.setNodeDraining(actor, instance, draining);
    return {};
  });
}

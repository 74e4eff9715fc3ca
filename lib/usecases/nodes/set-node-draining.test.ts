import { describe, expect, it } from "vitest";
import { sessionId, userId } from "@/lib/contract/ids";
import type { Actor } from "../actor";
import type { NodeFacts, Nodes } from "../ports/nodes";
import { listNodes } from "./list-nodes";
import { setNodeDraining } from "./set-node-draining";

const UUID = "00000000-0000-4000-8000-000000000001";
const actor = (role: "admin" | "user"): Actor => ({
  id: userId.parse(UUID),
  username: "ada",
  name: "Ada",
  role,
  credential: { kind: "session", id: sessionId.parse(UUID) },
});

const node = (instance: string, isDraining = false): NodeFacts => ({
  ...{ instance, isDraining, name: instance, version: "1", uptimeMs: 0, report: 1, routing: "directed" },
  ...{ users: 0, sockets: 0, messagesRead: 0, messagesWanted: 0, bytesRead: 0 },
  ...{ publishFailures: 0, loopLagMs: 0 },
});

/** Nodes that do as they are told; those of `silent` do not answer. */
function cluster(all: NodeFacts[], silent: readonly string[] = []) {
  const nodes: Nodes = {
    list: async () => all,
    async setDraining(instance, draining) {
      const target = all.find((one) => one.instance === instance);
      if (target === undefined || silent.includes(instance)) return false;
      target.isDraining = draining;
      return true;
    },
  };
  return { all, listNodes: listNodes({ nodes }), setNodeDraining: setNodeDraining({ nodes }) };
}

describe("the nodes", () => {
  it("are for admins only", async () => {
    const { all, ...operate } = cluster([node("a"), node("b")]);
    await expect(operate.listNodes(actor("user"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(operate.setNodeDraining(actor("user"), "a", true)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(all.some(({ isDraining }) => isDraining)).toBe(false);
  });

  it("drain and come back one by one, but never the last one", async () => {
    const { all, ...operate } = cluster([node("a"), node("b")]);
    const admin = actor("admin");
    await operate.setNodeDraining(admin, "a", true);
    await operate.setNodeDraining(admin, "a", true);
    await expect(operate.setNodeDraining(admin, "b", true)).rejects.toMatchObject({ code: "conflict" });
    await operate.setNodeDraining(admin, "a", false);
    expect(all.map(({ isDraining }) => isDraining)).toEqual([false, false]);
  });

  it("say when one is gone or does not answer", async () => {
    const operate = cluster([node("a"), node("b")], ["b"]);
    const admin = actor("admin");
    await expect(operate.setNodeDraining(admin, "c", true)).rejects.toMatchObject({ code: "not_found" });
    await expect(operate.setNodeDraining(admin, "b", true)).rejects.toMatchObject({ code: "unavailable" });
  });
});

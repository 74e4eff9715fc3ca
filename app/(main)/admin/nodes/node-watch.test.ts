import { describe, expect, it } from "vitest";
import type { NodeFacts } from "@/lib/usecases/ports/nodes";
import { afterLook, afterWish, wasteOf } from "./node-watch";

const facts = (name: string, changes: Partial<NodeFacts> = {}): NodeFacts => ({
  ...{ instance: `${name}-1`, name, version: "1", uptimeMs: 0, report: 1, routing: "directed" },
  ...{ isDraining: false, users: 1, sockets: 1, messagesRead: 0, messagesWanted: 0, bytesRead: 0 },
  ...{ publishFailures: 0, loopLagMs: 0 },
  ...changes,
});
const states = (nodes: ReturnType<typeof afterLook>) =>
  nodes.map(({ facts: { name }, state }) => `${name} ${state}`);

describe("afterLook", () => {
  it("calls a node silent that keeps giving the same report", () => {
    let nodes = afterLook([], [facts("a"), facts("b")], 0);
    expect(states(nodes)).toEqual(["a serving", "b serving"]);
    nodes = afterLook(nodes, [facts("a", { report: 2 }), facts("b")], 9_000);
    nodes = afterLook(nodes, [facts("a", { report: 3 }), facts("b")], 10_000);
    expect(states(nodes)).toEqual(["a serving", "b silent"]);
    nodes = afterLook(nodes, [facts("a", { report: 4 }), facts("b", { report: 2 })], 11_000);
    expect(states(nodes)).toEqual(["a serving", "b serving"]);
  });

  it("remembers who is gone, with a farewell or without, until they are back", () => {
    let nodes = afterLook([], [facts("a"), facts("b", { isDraining: true }), facts("c")], 0);
    nodes = afterLook(nodes, [facts("a", { report: 2 })], 3_000);
    expect(states(nodes)).toEqual(["a serving", "b stopped", "c vanished"]);
    nodes = afterLook(nodes, [facts("a", { report: 3 }), facts("c", { instance: "c-2" })], 6_000);
    expect(states(nodes)).toEqual(["a serving", "c serving", "b stopped"]);
  });

  it("tells a node that still has people from one that is empty", () => {
    const nodes = afterLook([], [facts("a", { isDraining: true })], 0);
    expect(states(nodes)).toEqual(["a draining"]);
    expect(states(afterLook(nodes, [facts("a", { isDraining: true, sockets: 0 })], 3_000))).toEqual([
      "a drained",
    ]);
  });
});

describe("afterWish", () => {
  it("shows at once what was wished, and what the node says once that is newer", () => {
    let nodes = afterLook([], [facts("a"), facts("b")], 0);
    nodes = afterWish(nodes, { instance: "a-1", draining: true }, 1_000);
    expect(states(nodes)).toEqual(["a draining", "b serving"]);
    nodes = afterLook(nodes, [facts("a", { report: 2 }), facts("b")], 3_000);
    expect(states(nodes)).toEqual(["a draining", "b serving"]);
    nodes = afterLook(nodes, [facts("a", { report: 3 }), facts("b")], 8_000);
    expect(states(nodes)).toEqual(["a serving", "b serving"]);
  });
});

describe("wasteOf", () => {
  it.each([
    [0, 0, undefined],
    [10, 10, 0],
    [10, 2, 0.8],
    [10, 11, 0],
  ])("of %i read and %i wanted is %s", (messagesRead, messagesWanted, waste) =>
    expect(wasteOf(facts("a", { messagesRead, messagesWanted }))).toBe(waste),
  );
});

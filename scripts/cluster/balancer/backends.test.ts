import { describe, expect, it } from "vitest";
import { type Backend, createBackend, createChoice } from "./backends";

function backends(...states: [Backend["health"], number][]): Backend[] {
  return states.map(([health, connections], index) =>
    Object.assign(createBackend(`node-${index + 1}`, 3_001 + index), { health, connections }),
  );
}

describe("createChoice", () => {
  it("takes the one with the fewest connections", () => {
    const choose = createChoice(backends(["ready", 5], ["ready", 2], ["ready", 9]));
    expect(choose()?.name).toBe("node-2");
  });

  it("takes turns among equals", () => {
    const choose = createChoice(backends(["ready", 0], ["ready", 0], ["ready", 0]));
    const names = Array.from({ length: 6 }, () => choose()?.name);
    expect(names).toEqual(["node-1", "node-2", "node-3", "node-1", "node-2", "node-3"]);
  });

  it("leaves out who is not ready, and who was tried", () => {
    const all = backends(["unready", 0], ["unreachable", 0], ["ready", 7], ["ready", 8]);
    const choose = createChoice(all);
    expect(choose()?.name).toBe("node-3");
    expect(choose(new Set(all.slice(2, 3)))?.name).toBe("node-4");
    expect(choose(new Set(all))).toBeUndefined();
  });

  it("follows the health as it changes", () => {
    const all = backends(["unreachable", 0]);
    const choose = createChoice(all);
    expect(choose()).toBeUndefined();
    for (const backend of all) backend.health = "ready";
    expect(choose()?.name).toBe("node-1");
  });
});

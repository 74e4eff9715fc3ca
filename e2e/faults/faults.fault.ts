import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningCheck, startCheck } from "../checker/run-check";
import { faultsFor } from "./catalogue";
import { TestCluster } from "./test-cluster";
import type { RedisKind } from "./test-redis";
import { comesAbout } from "./waiting";

const START_MS = 120_000;
const FAULT_MS = 90_000;
const IN_STEP_WITHIN_MS = 30_000;

/** Brings a cluster up on which people talk until the last test, which holds what they saw against the contract. */
function people(options: { nodes: number; redis: RedisKind }): {
  /** Every fault of this number; there are so many of it. */
  break(id: string, count: number): Promise<void>;
  verdict(): Promise<void>;
} {
  let cluster: TestCluster | undefined;
  let check: RunningCheck | undefined;

  beforeAll(async () => {
    cluster = await TestCluster.start({ ...options, routing: "directed" });
    check = await startCheck({
      ...{ seed: 1, rate: 20, isBrief: true, calmWithinMs: 10_000, cluster, places: cluster.nodes },
      operate: cluster.operate.bind(cluster),
      say: () => undefined,
    });
  }, START_MS);
  afterAll(() => cluster?.dispose(), START_MS);

  return {
    async break(id, count) {
      if (cluster === undefined || check === undefined) throw new Error("The cluster is not up.");
      const { scene } = check;
      const areBack = () => scene.devices.every(({ isConnected }) => isConnected);
      const faults = faultsFor(cluster, { faults: [id], seed: 1, isBrief: true });
      expect(faults).toHaveLength(count);
      for (const fault of faults) {
        expect(await check.inject(fault), fault.title).toEqual([]);
        expect(await comesAbout(areBack, IN_STEP_WITHIN_MS), `everybody is back after: ${fault.title}`).toBe(
          true,
        );
      }
    },
    async verdict() {
      const report = await check?.finish();
      expect(report?.violations).toEqual([]);
      expect(report?.allMs.length).toBeGreaterThan(0);
    },
  };
}

describe("three nodes while people talk", () => {
  const talking = people({ nodes: 3, redis: "single" });

  it.each([
    ["F1", 1, "a node is killed"],
    ["F2", 1, "every node is restarted in turn"],
    ["F3", 1, "a node is stopped and goes on"],
    ["F4", 1, "a node dies between COMMIT and the acknowledgement"],
    ["F5", 1, "a node dies between COMMIT and publishing"],
    ["F6", 4, "Redis is killed, flushed, full, slow"],
    ["F8", 5, "PostgreSQL crashes, is silent, slow, has no connections, no disk"],
    ["F9", 3, "a node is cut off from Redis, from PostgreSQL, from clients"],
    ["F10", 1, "the clock of one node is off by an hour"],
    ["F11", 1, "a client stops reading"],
    ["F12", 1, "all sockets drop at once"],
    ["F15", 1, "a newer version runs beside this one"],
  ] as const)("%s (%i): %s", (...[id, count]) => talking.break(id, count), FAULT_MS);

  it("holds every invariant over all of it", () => talking.verdict(), FAULT_MS);
});

describe("two nodes on a Redis that Sentinel watches", () => {
  const talking = people({ nodes: 2, redis: "sentinel" });

  it("F7: a replica takes over from a killed master", () => talking.break("F7", 1), FAULT_MS);

  it("holds every invariant over it", () => talking.verdict(), FAULT_MS);
});

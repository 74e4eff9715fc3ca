import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningCheck, startCheck } from "../checker/run-check";
import { fullDisk, noConnections, restartedDatabase, silentDatabase, slowDatabase } from "./database-faults";
import type { Fault } from "./fault";
import {
  cutFromClients,
  cutFromDatabase,
  cutFromRedis,
  droppedSockets,
  slowConsumer,
} from "./network-faults";
import {
  diesBeforeAnswer,
  diesBeforePublish,
  killedNode,
  rollingRestart,
  stoppedNode,
  twoVersions,
  wrongClock,
} from "./node-faults";
import { flushedRedis, fullRedis, killedRedis, redisFailover, slowRedis } from "./redis-faults";
import { TestCluster } from "./test-cluster";
import type { RedisKind } from "./test-redis";
import { comesAbout } from "./waiting";

const START_MS = 120_000;
const FAULT_MS = 90_000;
const IN_STEP_WITHIN_MS = 30_000;

/** Brings a cluster up on which people talk until the last test, which holds what they saw against the contract. */
function people(options: { nodes: number; redis: RedisKind }): {
  break(fault: Fault): Promise<void>;
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
    async break(fault) {
      if (cluster === undefined || check === undefined) throw new Error("The cluster is not up.");
      expect(fault.fits(cluster)).toBe(true);
      expect(await check.inject(fault)).toEqual([]);
      const { scene } = check;
      const areBack = () => scene.devices.every(({ isConnected }) => isConnected);
      expect(await comesAbout(areBack, IN_STEP_WITHIN_MS), "everybody is back").toBe(true);
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
    ["F1: a node is killed", [killedNode]],
    ["F2: every node is restarted in turn", [rollingRestart]],
    ["F3: a node is stopped and goes on", [stoppedNode(5)]],
    ["F4: a node dies between COMMIT and the acknowledgement", [diesBeforeAnswer]],
    ["F5: a node dies between COMMIT and publishing", [diesBeforePublish]],
    ["F6: Redis is killed, flushed, full, slow", [killedRedis, flushedRedis, fullRedis, slowRedis]],
    [
      "F8: PostgreSQL crashes, is silent, slow, has no connections, no disk",
      [restartedDatabase, silentDatabase, slowDatabase, noConnections, fullDisk],
    ],
    [
      "F9: a node is cut off from Redis, from PostgreSQL, from clients",
      [cutFromRedis, cutFromDatabase, cutFromClients],
    ],
    ["F10: the clock of one node is off by an hour", [wrongClock]],
    ["F11: a client stops reading", [slowConsumer]],
    ["F12: all sockets drop at once", [droppedSockets]],
    ["F15: a newer version runs beside this one", [twoVersions]],
  ] as const)(
    "%s",
    async (_name, faults) => {
      for (const fault of faults) await talking.break(fault);
    },
    FAULT_MS,
  );

  it("holds every invariant over all of it", () => talking.verdict(), FAULT_MS);
});

describe("two nodes on a Redis that Sentinel watches", () => {
  const talking = people({ nodes: 2, redis: "sentinel" });

  it("F7: a replica takes over from a killed master", () => talking.break(redisFailover), FAULT_MS);

  it("holds every invariant over it", () => talking.verdict(), FAULT_MS);
});

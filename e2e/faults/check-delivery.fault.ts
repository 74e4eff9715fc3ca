import { expect, it } from "vitest";
import { runCheck } from "../checker/run-check";
import { faultsFor } from "./catalogue";
import { TestCluster } from "./test-cluster";

const TALK_MS = 120_000;
const LONGEST_MS = 300_000;
/** The long ones have tests of their own. */
const FAULTS = ["F1", "F4", "F5", "F6", "F9", "F12"];

it(
  "check:delivery finds no violation with broadcast, in short",
  async () => {
    const cluster = await TestCluster.start({ nodes: 3, routing: "broadcast", redis: "single" });
    try {
      const report = await runCheck({
        ...{
          ms: TALK_MS,
          seed: 1,
          rate: 30,
          isBrief: true,
          calmWithinMs: 10_000,
          cluster,
          places: cluster.nodes,
        },
        operate: cluster.operate.bind(cluster),
        faults: faultsFor(cluster, { faults: FAULTS, seed: 1, isBrief: true }),
        say: () => undefined,
      });
      expect(report.violations).toEqual([]);
    } finally {
      await cluster.dispose();
    }
  },
  LONGEST_MS,
);

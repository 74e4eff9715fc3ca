import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { describeRound, measureRound, medianRound, type Round, type RoundOptions, warmUp } from "./rounds";
import { stockStreams } from "./targets/bare-cluster";
import { homingCluster } from "./targets/homing-cluster";
import type { RunningTarget, Target } from "./targets/target";

const PAIRS = 8;
const IN_FLIGHT = 10;
const STEADY_RATE = 1_000;

interface Size {
  nodes: number;
  rounds: number;
  options: RoundOptions;
}

/**
 * Direct messages that all cross nodes, on 2, 4 and 8 of them: Homing with each routing, stored durably, beside the stock
 * streams adapter that stores nothing. The same load process, interleaved rounds, medians, and their ratios, which are what
 * may be quoted: on one machine all nodes share its cores.
 *
 * `--nodes 2,4 --rounds 1 --seconds 2` measures less.
 */
export async function benchCluster(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      nodes: { type: "string", default: "2,4,8" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "5" },
    },
  });
  const options = {
    milliseconds: Number(values.seconds) * 1_000,
    inFlight: IN_FLIGHT,
    steadyRate: STEADY_RATE,
  };
  console.log(`${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${PAIRS} pairs`);
  for (const nodes of values.nodes.split(",").map(Number)) {
    await measureSize({ nodes, rounds: Number(values.rounds), options });
  }
}

async function measureSize({ nodes, rounds, options }: Size): Promise<void> {
  const targets = [stockStreams(nodes), homingCluster(nodes, "directed"), homingCluster(nodes, "broadcast")];
  const measured = await interleaved(targets, rounds, options);
  console.log(`${nodes} nodes, medians of ${rounds} rounds`);
  const [baseline] = measured;
  for (const { name, round } of measured) {
    const ratio = baseline === undefined ? Number.NaN : round.perSecond / baseline.round.perSecond;
    console.log(`${describeRound(name, round, options.steadyRate)} · ${ratio.toFixed(2)} x`);
  }
}

/** The median round of each target, in their order. */
async function interleaved(
  targets: readonly Target[],
  rounds: number,
  options: RoundOptions,
): Promise<{ name: string; round: Round }[]> {
  const running: { name: string; target: RunningTarget; rounds: Round[] }[] = [];
  try {
    for (const target of targets) {
      running.push({ name: target.name, target: await target.start(PAIRS), rounds: [] });
    }
    for (const { target } of running) await warmUp(target, options);
    for (let round = 1; round <= rounds; round += 1) {
      for (const one of running) one.rounds.push(await measureRound(one.target, options));
      console.log(`round ${round} of ${rounds} done`);
    }
  } finally {
    for (const { target } of running) await target.stop();
  }
  return running.map(({ name, rounds: done }) => ({ name, round: medianRound(done) }));
}

import { compare, describeMachine } from "./compare";
import { readOptions } from "./options";
import { describeRound, type RoundOptions } from "./rounds";
import { stockStreams } from "./targets/bare-cluster";
import { homingCluster } from "./targets/homing-cluster";

const PAIRS = 8;
const STEADY_RATE = 1_000;

/**
 * Direct messages that all cross nodes, on 2, 4 and 8 of them: Homing with each routing, stored durably, beside the stock
 * streams adapter that stores nothing. The same load process, interleaved rounds, medians, and their ratios, which are what
 * may be quoted: on one machine all nodes share its cores.
 */
export async function benchCluster(words: readonly string[]): Promise<void> {
  const { rounds, nodes, round } = readOptions(words, { steadyRate: STEADY_RATE });
  console.log(`${describeMachine()}, ${PAIRS} pairs, ${round.inFlight} in flight each`);
  for (const size of nodes) await measureSize(size, rounds, round);
}

async function measureSize(nodes: number, rounds: number, options: RoundOptions): Promise<void> {
  const targets = [stockStreams(nodes), homingCluster(nodes, "directed"), homingCluster(nodes, "broadcast")];
  const measured = await compare(targets, PAIRS, rounds, options);
  console.log(`${nodes} nodes, medians of ${rounds} rounds`);
  const [baseline] = measured;
  for (const { name, round } of measured) {
    const ratio = baseline === undefined ? Number.NaN : round.perSecond / baseline.round.perSecond;
    console.log(`${describeRound(name, round, options.steadyRate)} · ${ratio.toFixed(2)} x`);
  }
}

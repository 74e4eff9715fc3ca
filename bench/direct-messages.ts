import { cpus } from "node:os";
import { describeRound, measureRound, medianRound, type Round, warmUp } from "./rounds";
import { bareSocketIo } from "./targets/bare";
import { homing } from "./targets/homing";

const PAIRS = 10;
const ROUNDS = 3;
const OPTIONS = { milliseconds: 5_000, inFlight: 20, steadyRate: 2_000 };

/**
 * Durable direct messages on one node beside bare Socket.IO without storage: the same load process, interleaved rounds,
 * medians, and their ratio, which is what may be quoted.
 */
export async function benchDirectMessages(): Promise<void> {
  const baseline: Round[] = [];
  const product: Round[] = [];
  const bareRunning = await bareSocketIo.start(PAIRS);
  const homingRunning = await homing.start(PAIRS);
  try {
    for (const running of [bareRunning, homingRunning]) {
      await warmUp(running, OPTIONS);
    }
    for (let round = 1; round <= ROUNDS; round += 1) {
      baseline.push(await measureRound(bareRunning, OPTIONS));
      product.push(await measureRound(homingRunning, OPTIONS));
      console.log(`round ${round} of ${ROUNDS} done`);
    }
  } finally {
    await bareRunning.stop();
    await homingRunning.stop();
  }
  const bare = medianRound(baseline);
  const durable = medianRound(product);
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${PAIRS} pairs, medians of ${ROUNDS} rounds`,
  );
  console.log(describeRound(bareSocketIo.name, bare, OPTIONS.steadyRate));
  console.log(describeRound(homing.name, durable, OPTIONS.steadyRate));
  console.log(`ratio of rates: ${(durable.perSecond / bare.perSecond).toFixed(2)} (goal: 0.5)`);
  console.log(
    `latency added: p50 ${(durable.p50 - bare.p50).toFixed(2)} ms (goal: 2), p99 ${(durable.p99 - bare.p99).toFixed(2)} ms (goal: 8)`,
  );
}

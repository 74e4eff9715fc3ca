import { cpus } from "node:os";
import { type Latency, measureLatency, measureThroughput, type Throughput } from "./load";
import { bareSocketIo } from "./targets/bare";
import { homing } from "./targets/homing";
import type { RunningTarget } from "./targets/target";

const PAIRS = 10;
const ROUNDS = 3;
const ROUND_MS = 5_000;
const IN_FLIGHT = 20;
const WARM_UP_MS = 2_000;
const STEADY_RATE = 2_000;

interface Round extends Throughput, Latency {}

async function measure(running: RunningTarget): Promise<Round> {
  const latency = await measureLatency(running, { milliseconds: ROUND_MS, perSecond: STEADY_RATE });
  const throughput = await measureThroughput(running, { milliseconds: ROUND_MS, inFlight: IN_FLIGHT });
  return { ...latency, ...throughput };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function medianRound(rounds: readonly Round[]): Round {
  const of = (key: keyof Round) => median(rounds.map((round) => round[key]));
  return { perSecond: of("perSecond"), cpuPerMessage: of("cpuPerMessage"), p50: of("p50"), p99: of("p99") };
}

function describe(name: string, round: Round): string {
  const figures = [
    `${Math.round(round.perSecond)} messages/s`,
    `${round.cpuPerMessage.toFixed(1)} µs server CPU a message`,
    `p50 ${round.p50.toFixed(2)} ms, p99 ${round.p99.toFixed(2)} ms at ${STEADY_RATE}/s`,
  ];
  return `${name.padEnd(16)}${figures.join(" · ")}`;
}

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
      await measureThroughput(running, { milliseconds: WARM_UP_MS, inFlight: IN_FLIGHT });
    }
    for (let round = 1; round <= ROUNDS; round += 1) {
      baseline.push(await measure(bareRunning));
      product.push(await measure(homingRunning));
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
  console.log(describe(bareSocketIo.name, bare));
  console.log(describe(homing.name, durable));
  console.log(`ratio of rates: ${(durable.perSecond / bare.perSecond).toFixed(2)} (goal: 0.5)`);
  console.log(
    `latency added: p50 ${(durable.p50 - bare.p50).toFixed(2)} ms (goal: 2), p99 ${(durable.p99 - bare.p99).toFixed(2)} ms (goal: 8)`,
  );
}

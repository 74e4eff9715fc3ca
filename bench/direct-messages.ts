import { compare, describeMachine } from "./compare";
import { readOptions } from "./options";
import { describeRound } from "./rounds";
import { bareSocketIo } from "./targets/bare";
import { homing } from "./targets/homing";

const PAIRS = 10;
const STEADY_RATE = 2_000;

/**
 * Durable direct messages on one node beside bare Socket.IO without storage: the same load process, interleaved rounds,
 * medians, and their ratio, which is what may be quoted.
 */
export async function benchDirectMessages(words: readonly string[]): Promise<void> {
  const { rounds, round: options } = readOptions(words, { steadyRate: STEADY_RATE });
  console.log(`${describeMachine()}, ${PAIRS} pairs, ${options.inFlight} in flight each`);
  const [bare, durable] = await compare([bareSocketIo, homing], PAIRS, rounds, options);
  if (bare === undefined || durable === undefined) throw new Error("Nothing was measured.");
  for (const { name, round } of [bare, durable]) console.log(describeRound(name, round, options.steadyRate));
  const [base, ours] = [bare.round, durable.round];
  console.log(`ratio of rates: ${(ours.perSecond / base.perSecond).toFixed(2)} (goal: 0.5)`);
  console.log(`ratio of the servers' CPU a message: ${(ours.servers / base.servers).toFixed(2)}`);
  console.log(
    `latency added: p50 ${(ours.p50 - base.p50).toFixed(2)} ms (goal: 2), p99 ${(ours.p99 - base.p99).toFixed(2)} ms (goal: 8)`,
  );
}

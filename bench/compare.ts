import { cpus, totalmem } from "node:os";
import { measureRound, medianRound, type Round, type RoundOptions, warmUp } from "./rounds";
import type { RunningTarget, Target } from "./targets/target";

export interface Measured {
  name: string;
  /** Of every figure the median of all rounds. */
  round: Round;
}

/** Brings all targets up and measures them in turn, round after round, so that what disturbs one disturbs all. In their order. */
export async function compare(
  targets: readonly Target[],
  pairs: number,
  rounds: number,
  options: RoundOptions,
): Promise<Measured[]> {
  const running: { name: string; target: RunningTarget; rounds: Round[] }[] = [];
  try {
    for (const target of targets) {
      running.push({ name: target.name, target: await target.start(pairs), rounds: [] });
    }
    for (const { name, target } of running) await named(name, warmUp(target, options));
    for (let round = 1; round <= rounds; round += 1) {
      for (const one of running) one.rounds.push(await named(one.name, measureRound(one.target, options)));
      console.log(`round ${round} of ${rounds} done`);
    }
  } finally {
    for (const { target } of running) await target.stop();
  }
  return running.map(({ name, rounds: done }) => ({ name, round: medianRound(done) }));
}

/** Says whose measurement failed. */
async function named<Result>(name: string, measurement: Promise<Result>): Promise<Result> {
  try {
    return await measurement;
  } catch (cause) {
    throw new Error(`${name} could not be measured.`, { cause });
  }
}

export function describeMachine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${memory} GB`;
}

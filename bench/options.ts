import { parseArgs } from "node:util";
import type { RoundOptions } from "./rounds";

export interface BenchOptions {
  rounds: number;
  /** Sizes of clusters. */
  nodes: number[];
  round: RoundOptions;
}

/** What may be said on the command line: `--rounds 3 --seconds 5 --in-flight 50 --nodes 2,4,8`. */
export function readOptions(words: readonly string[], defaults: { steadyRate: number }): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "5" },
      "in-flight": { type: "string", default: "50" },
      nodes: { type: "string", default: "2,4,8" },
    },
  });
  return {
    rounds: Number(values.rounds),
    nodes: values.nodes.split(",").map(Number),
    round: {
      milliseconds: Number(values.seconds) * 1_000,
      inFlight: Number(values["in-flight"]),
      steadyRate: defaults.steadyRate,
    },
  };
}

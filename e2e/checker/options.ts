import { parseArgs } from "node:util";
import type { ClusterOptions } from "../faults/test-cluster";

export const HELP = `Checks a cluster from the outside while it breaks.

  npm run check:delivery -- [options]

  --minutes 10             how long people talk
  --faults all             all, none, or a list such as F1,F6
  --seed 1                 the same seed, the same faults in the same order
  --routing directed       or broadcast
  --nodes 3
  --redis single           or cluster (three masters with a replica each), or sentinel
  --rate 40                actions a second
  --calm-ms 1000           how soon changes must arrive while nothing fails
  --url URL --url URL …    a cluster that is up already: nothing is broken. Accounts are made by the command
                           line, so DATABASE_URL (or DATA_DIR) must be that cluster's
  --program FILE           another build of the server than dist/server.js
  --self-test              runs mutants of the server, and says which were not caught
  --mutant TEXT            only those whose names hold this text

Exit codes: 0 nothing was violated, 1 something was.`;

export interface Options extends ClusterOptions {
  help: boolean;
  selfTest: boolean;
  minutes: number;
  /** "all", or names such as F1. */
  faults: "all" | readonly string[];
  seed: number;
  rate: number;
  calmWithinMs: number;
  urls: readonly string[];
  /** Which mutants: all when empty. */
  mutant: string;
}

/** @throws Error naming what is wrong with the words. */
export function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      help: { type: "boolean", default: false },
      "self-test": { type: "boolean", default: false },
      minutes: { type: "string", default: "10" },
      faults: { type: "string", default: "all" },
      seed: { type: "string", default: "1" },
      routing: { type: "string", default: "directed" },
      nodes: { type: "string", default: "3" },
      redis: { type: "string", default: "single" },
      rate: { type: "string", default: "40" },
      "calm-ms": { type: "string", default: "1000" },
      url: { type: "string", multiple: true, default: [] },
      program: { type: "string" },
      mutant: { type: "string" },
    },
  });
  return {
    help: values.help,
    selfTest: values["self-test"],
    minutes: positive("minutes", values.minutes),
    faults: values.faults === "all" ? "all" : faultNames(values.faults),
    seed: positive("seed", values.seed),
    routing: oneOf("routing", values.routing, ["directed", "broadcast"]),
    nodes: positive("nodes", values.nodes),
    redis: oneOf("redis", values.redis, ["single", "cluster", "sentinel"]),
    rate: positive("rate", values.rate),
    calmWithinMs: positive("calm-ms", values["calm-ms"]),
    urls: values.url,
    mutant: values.mutant ?? "",
    ...(values.program === undefined ? {} : { program: values.program }),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not ${text}`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw new Error(`--${name} must be one of ${choices.join(", ")}`);
  return choice;
}

function faultNames(text: string): string[] {
  return text === "none" ? [] : text.split(",").map((name) => name.trim().toUpperCase());
}

import { buildPatched } from "../faults/build-patched";
import { faultsFor } from "../faults/catalogue";
import { TestCluster } from "../faults/test-cluster";
import { MUTANTS, type Mutant } from "./mutants";
import type { Options } from "./options";
import { runCheck } from "./run-check";

const TALK_MS = 15_000;

/** Runs every mutant; true when all were caught. */
export async function runMutants(options: Options, say: (line: string) => void): Promise<boolean> {
  let missed = 0;
  const chosen = MUTANTS.filter(({ name }) => name.includes(options.mutant));
  for (const mutant of chosen) {
    const found = await invariantsBroken(mutant, options);
    const isCaught = mutant.caughtBy.some((invariant) => found.includes(invariant));
    if (!isCaught) missed += 1;
    say(
      `${isCaught ? "caught" : "MISSED"}: a server that ${mutant.name} (${found.join(" ") || "nothing found"})`,
    );
  }
  say(`${chosen.length - missed} of ${chosen.length} mutants were caught`);
  return missed === 0 && chosen.length > 0;
}

async function invariantsBroken(mutant: Mutant, options: Options): Promise<string[]> {
  const program = mutant.patch === undefined ? options.program : await buildPatched(mutant.patch);
  const cluster = await TestCluster.start({ ...options, ...(program === undefined ? {} : { program }) });
  try {
    await mutant.spoil?.(cluster);
    const { violations } = await runCheck({
      ms: TALK_MS,
      seed: options.seed,
      rate: options.rate,
      places: cluster.nodes,
      operate: cluster.operate.bind(cluster),
      faults: faultsFor(cluster, { faults: mutant.faults, seed: options.seed, isBrief: true }),
      cluster,
      isBrief: true,
      calmWithinMs: options.calmWithinMs,
      repairsGaps: mutant.repairsGaps ?? true,
      finishWithinMs: 10_000,
      say: () => undefined,
    });
    return [...new Set(violations.map(({ invariant }) => invariant))].sort();
  } finally {
    await cluster.dispose();
  }
}

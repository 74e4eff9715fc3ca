import { seededRandom } from "../checker/random";
import type { Fault } from "./fault";
import type { TestCluster } from "./test-cluster";

const FAULTS: readonly Fault[] = [];

/** The faults that were asked for and that this cluster can have, in the order of the seed. */
export function faultsFor(cluster: TestCluster, wanted: "all" | readonly string[], seed: number): Fault[] {
  const unknown = wanted === "all" ? [] : wanted.filter((name) => !FAULTS.some(({ id }) => id === name));
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(", ")}`);
  const chosen = FAULTS.filter(
    (fault) => (wanted === "all" || wanted.includes(fault.id)) && fault.fits(cluster),
  );
  return seededRandom(seed + 3).shuffled(chosen);
}

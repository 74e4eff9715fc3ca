import { seededRandom } from "../checker/random";
import { fullDisk, noConnections, restartedDatabase, silentDatabase, slowDatabase } from "./database-faults";
import type { Fault } from "./fault";
import {
  cutFromClients,
  cutFromDatabase,
  cutFromRedis,
  droppedSockets,
  slowConsumer,
} from "./network-faults";
import {
  diesBeforeAnswer,
  diesBeforePublish,
  killedNode,
  rollingRestart,
  stoppedNode,
  twoVersions,
  wrongClock,
} from "./node-faults";
import { flushedRedis, fullRedis, killedRedis, redisFailover, slowRedis } from "./redis-faults";
import type { TestCluster } from "./test-cluster";

/** Longer than a node's lease, and shorter. */
const STOPS_SECONDS = { brief: [5], long: [5, 40] };

const FAULTS: readonly Fault[] = [
  killedNode,
  rollingRestart,
  diesBeforeAnswer,
  diesBeforePublish,
  killedRedis,
  flushedRedis,
  fullRedis,
  slowRedis,
  redisFailover,
  restartedDatabase,
  silentDatabase,
  slowDatabase,
  noConnections,
  fullDisk,
  cutFromRedis,
  cutFromDatabase,
  cutFromClients,
  wrongClock,
  slowConsumer,
  droppedSockets,
  twoVersions,
];

/** The faults that were asked for, by number or title, and that this cluster can have, in the order of the seed. */
export function faultsFor(
  cluster: TestCluster,
  { faults: wanted, seed, isBrief }: { faults: "all" | readonly string[]; seed: number; isBrief: boolean },
): Fault[] {
  const all = [...FAULTS, ...STOPS_SECONDS[isBrief ? "brief" : "long"].map(stoppedNode)];
  const isNamed = ({ id, title }: Fault, name: string) => id === name || title === name;
  const unknown = wanted === "all" ? [] : wanted.filter((name) => !all.some((fault) => isNamed(fault, name)));
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(", ")}`);
  const chosen = all.filter(
    (fault) => (wanted === "all" || wanted.some((name) => isNamed(fault, name))) && fault.fits(cluster),
  );
  return seededRandom(seed + 3).shuffled(chosen);
}

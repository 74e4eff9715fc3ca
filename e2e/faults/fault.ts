import type { ClientActions } from "../checker/client-actions";
import type { History } from "../checker/history";
import type { Random } from "../checker/random";
import type { Scene } from "../checker/scene";
import type { Violation } from "../checker/verify-history";
import type { TestCluster } from "./test-cluster";

/** What a fault works on. */
export interface FaultContext {
  cluster: TestCluster;
  scene: Scene;
  actions: ClientActions;
  history: History;
  random: Random;
  /** Short forms of what can be long. */
  isBrief: boolean;
  /** Does the work while nothing can be expected of these nodes. */
  impairing(nodes: readonly string[], work: () => Promise<void>): Promise<void>;
  /** What was expected of the fault itself and did not come. */
  violation(violation: Violation): void;
  say(line: string): void;
}

/** One way to break something. Healed when `inject` resolves. */
export interface Fault {
  /** As in the table of faults: `F1`. */
  id: `F${number}`;
  title: string;
  /** Whether this cluster can have it. */
  fits(cluster: TestCluster): boolean;
  inject(context: FaultContext): Promise<void>;
}

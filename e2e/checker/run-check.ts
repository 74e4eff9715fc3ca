import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../faults/fault";
import type { TestCluster } from "../faults/test-cluster";
import { createAccounts } from "./accounts";
import { checkHistory, type Verdict } from "./checks/check-history";
import { ClientActions } from "./client-actions";
import { watchOwnLag } from "./event-loop-lag";
import { readFinalState, settle } from "./final-reading";
import { emptyHistory, type History } from "./history";
import { watchPlaces } from "./places";
import { seededRandom } from "./random";
import { revokeInTurn } from "./revoke";
import { Scene } from "./scene";
import type { Violation } from "./verify-history";
import { Workload } from "./workload";

export interface CheckOptions {
  /** How long people talk; the start and the checks at the end come on top. */
  ms: number;
  seed: number;
  /** Actions a second. */
  rate: number;
  places: readonly { name: string; url: string }[];
  operate(words: readonly string[], input?: string): Promise<string>;
  /** What to break, in this order and then again; without a cluster of our own nothing. */
  faults: readonly Fault[];
  cluster?: TestCluster;
  isBrief: boolean;
  calmWithinMs: number;
  /** How long sends may wait for their acknowledgement at the end. */
  finishWithinMs?: number;
  /** False makes a client that loses changes. */
  repairsGaps?: boolean;
  say(line: string): void;
}

export interface CheckReport extends Verdict {
  history: History;
  lagMs: number;
}

const WITHIN_MS = 10_000;
const LOOK_AT_PRESENCE_MS = 5_000;
const FINISH_WITHIN_MS = 60_000;
const SETTLE_WITHIN_MS = 30_000;
/** Before the first fault and between two of them. */
const CALM_MS = 5_000;

/** People who talk, until {@link finish}; things can be broken meanwhile. */
export interface RunningCheck {
  readonly scene: Scene;
  readonly history: History;
  /** Breaks one thing and waits until it is healed; gives what was expected of it and did not come. */
  inject(fault: Fault): Promise<Violation[]>;
  /** Waits until it is quiet, and checks all that was seen. */
  finish(): Promise<CheckReport>;
}

/** Lets people talk while things break, heals all, waits until it is quiet, and checks what was seen. */
export async function runCheck(options: CheckOptions): Promise<CheckReport> {
  const check = await startCheck(options);
  await Promise.all([
    breakThings(options, check),
    revokeInTurn(check.scene, check.history, options.operate, options.ms),
  ]);
  return check.finish();
}

export async function startCheck(options: Omit<CheckOptions, "ms" | "faults">): Promise<RunningCheck> {
  const { seed, operate, say, cluster, isBrief } = options;
  const history = emptyHistory();
  const random = seededRandom(seed);
  const places = watchPlaces(options.places);
  const prefix = `c${Date.now().toString(36)}`;
  const scene = await Scene.prepare({
    ...{ places, history, random, prefix, repairsGaps: options.repairsGaps ?? true },
    create: (usernames) => createAccounts(operate, usernames),
  });
  const actions = new ClientActions(history);
  const workload = new Workload({ scene, actions, random: seededRandom(seed + 1), rate: options.rate });
  const lag = watchOwnLag();
  const stopWatching = lookAtPresence(scene);
  const violations: Violation[] = [];
  const faultRandom = seededRandom(seed + 2);
  say(
    `${scene.devices.length} devices of ${scene.talkers.length + 1} people on ${places.all.length} nodes talk`,
  );
  workload.start();
  return {
    scene,
    history,
    async inject(fault) {
      if (cluster === undefined) throw new Error("Somebody else's cluster is not broken.");
      const found: Violation[] = [];
      await injectNoted(fault, {
        cluster,
        scene,
        actions,
        history,
        violations: found,
        random: faultRandom,
        isBrief,
        say,
      });
      scene.returnResidents();
      violations.push(...found);
      return found;
    },
    async finish() {
      say("everything healed; waiting until what was sent is acknowledged");
      const withinMs = options.finishWithinMs ?? FINISH_WITHIN_MS;
      await workload.finish(withinMs);
      say("waiting until everybody is in step");
      await settle(scene, Math.min(SETTLE_WITHIN_MS, withinMs));
      stopWatching();
      say("reading everything once more");
      const final = await readFinalState(scene);
      await scene.close();
      places.stop();
      lag.stop();
      for (const seen of history.presence) seen.user = scene.username(seen.user);
      const limits = { withinMs: WITHIN_MS, calmWithinMs: options.calmWithinMs, slackMs: lag.worstMs() };
      const verdict = checkHistory(history, final, limits);
      return {
        ...verdict,
        violations: [...violations, ...verdict.violations],
        history,
        lagMs: lag.worstMs(),
      };
    },
  };
}

/** One fault after the other, with some calm between them, for as long as people are to talk. */
async function breakThings({ faults, ms, say }: CheckOptions, check: RunningCheck): Promise<void> {
  const began = performance.now();
  const left = () => ms - (performance.now() - began);
  const time = () => `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  for (let turn = 0; faults.length > 0 && left() > CALM_MS; turn += 1) {
    await delay(CALM_MS);
    const fault = faults[turn % faults.length];
    if (fault === undefined || (turn >= faults.length && left() < 2 * CALM_MS)) break;
    say(`${time()}  ${fault.id} ${fault.title}`);
    await check.inject(fault);
    say(`${time()}  ${fault.id} healed`);
  }
  await delay(Math.max(0, left()));
}

interface Injection {
  cluster: TestCluster;
  scene: Scene;
  actions: ClientActions;
  history: History;
  violations: Violation[];
  random: ReturnType<typeof seededRandom>;
  isBrief: boolean;
  say(line: string): void;
}

/** Notes in the history when the fault was, and when which nodes could not be held to anything. */
async function injectNoted(fault: Fault, injection: Injection): Promise<void> {
  const { violations, history } = injection;
  const noting = async (impaired: readonly string[], work: () => Promise<void>) => {
    const { id, title } = fault;
    const window = { fault: id, title, from: performance.now(), to: Number.POSITIVE_INFINITY, impaired };
    history.faults.push(window);
    try {
      await work();
    } finally {
      window.to = performance.now();
    }
  };
  const context = {
    ...injection,
    impairing: noting,
    violation: (violation: Violation) => void violations.push(violation),
  };
  await noting([], () => fault.inject(context));
}

/** From one device on each node: changes are told, and a look now and then finds what was never told. */
function lookAtPresence(scene: Scene): () => void {
  const look = () => {
    const ids = [...scene.userIds.keys()];
    for (const [device] of scene.talkers) if (device?.isConnected) void device.watchPresence(ids);
  };
  look();
  const timer = setInterval(look, LOOK_AT_PRESENCE_MS);
  return () => clearInterval(timer);
}

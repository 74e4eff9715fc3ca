import { setTimeout as delay } from "node:timers/promises";
import type { History } from "./history";
import type { Scene } from "./scene";

const WITHIN_MS = 5_000;
const WITHIN_AROUND_FAULTS_MS = 30_000;

/** Disables one person after the other, by the operator's command line, spread over the run. */
export async function revokeInTurn(
  scene: Scene,
  history: History,
  operate: (words: readonly string[]) => Promise<string>,
  ms: number,
): Promise<void> {
  const pause = ms / (scene.revocable.length + 2);
  for (const [device] of scene.revocable) {
    await delay(pause);
    if (device === undefined) continue;
    const [done] = await Promise.allSettled([operate(["user", "disable", device.user])]);
    // The database was away, or went away half-way: nothing can be said of this one.
    if (done.status === "rejected") continue;
    const at = performance.now();
    const isCalm = history.faults.every((fault) => fault.to + WITHIN_MS < at);
    history.revocations.push({
      user: device.user,
      at,
      withinMs: isCalm ? WITHIN_MS : WITHIN_AROUND_FAULTS_MS,
    });
  }
}

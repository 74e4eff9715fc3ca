import { setTimeout as delay } from "node:timers/promises";

const LOOK_EVERY_MS = 50;

/** Whether it came about in time. */
export async function comesAbout(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}

/** The status that `/readyz` answers; 0 when there is no answer. */
export async function readiness(url: string): Promise<number> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status ?? 0;
}

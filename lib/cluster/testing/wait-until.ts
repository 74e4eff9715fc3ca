import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again, every 20 ms, until `holds` is true; fails after `ms` saying what did not come. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 15_000,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`);
    await pause(20);
  }
}

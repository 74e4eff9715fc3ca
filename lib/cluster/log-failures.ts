import type { Logger } from "@/lib/ops/log";

/** While failures go on, they are summed up this often. */
const EVERY_MS = 5_000;

/** Logs the first failure at once, then how many there were, every few seconds: an outage must not flood the log. */
export function logFailures(log: Logger, sentence: string): (error: unknown) => void {
  let quietUntil = 0;
  let unsaid = 0;
  return (error) => {
    const now = performance.now();
    unsaid += 1;
    if (now < quietUntil) return;
    log.warn({ err: error, failures: unsaid }, sentence);
    quietUntil = now + EVERY_MS;
    unsaid = 0;
  };
}

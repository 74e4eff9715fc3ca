import { afterEach } from "vitest";

/** Collects what is to be undone after each test, last first; a failing step fails the test. */
export function undoAfterEach(): (step: () => Promise<void> | void) => void {
  const steps: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const step of steps.splice(0).reverse()) await step();
  }, 30_000);
  return (step) => void steps.push(step);
}

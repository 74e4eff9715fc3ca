import type { Clock } from "../clock";
import { createStoppableClock, type StoppableClock } from "../clock";

/** Lets everything run that waits for nothing but a promise. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes when a test says so. */
export interface FakeClock {
  readonly clock: StoppableClock;
  /** What `random` gives from now on. */
  dice: number;
  /** Timers that are due on the way are called in their order; what they start is run before time goes on. */
  pass(milliseconds: number): Promise<void>;
}

export function createFakeClock(): FakeClock {
  let now = 1_000_000;
  const timers = new Set<{ at: number; work: () => void }>();
  const fake = { dice: 0.5 };
  const source: Clock = {
    now: () => now,
    random: () => fake.dice,
    after(milliseconds, work) {
      const timer = { at: now + milliseconds, work };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  return Object.assign(fake, {
    clock: createStoppableClock(source),
    async pass(milliseconds: number) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.work();
        await settle();
      }
      now = end;
    },
  });
}

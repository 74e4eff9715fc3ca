/** Time and randomness, as a port so that tests own them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** From 0 up to, but not including, 1. */
  random(): number;
  /** Calls `work` once after this many milliseconds; returns the way to call it off. */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A clock whose timers can all be called off together, when the engine stops. */
export interface StoppableClock extends Clock {
  /** Resolves after this many milliseconds, or when the timers are called off. */
  wait(milliseconds: number): Promise<void>;
  stopTimers(): void;
}

export function createStoppableClock(clock: Clock): StoppableClock {
  const running = new Set<() => void>();
  const waiting = new Set<() => void>();
  const after: Clock["after"] = (milliseconds, work) => {
    const callOff = clock.after(milliseconds, () => {
      running.delete(stop);
      work();
    });
    const stop = () => {
      running.delete(stop);
      callOff();
    };
    running.add(stop);
    return stop;
  };
  return {
    now: clock.now,
    random: clock.random,
    after,
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          resolve();
        };
        waiting.add(done);
        after(milliseconds, done);
      }),
    stopTimers() {
      for (const stop of [...running]) stop();
      for (const done of [...waiting]) done();
    },
  };
}

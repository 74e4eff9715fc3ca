import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 20;
const NS_PER_MS = 1e6;

/** How late the event loop was, in milliseconds, in the last whole stretch and the one since. */
export interface Lag {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface EventLoopLag {
  /** Of the last ten to twenty seconds; whoever reads takes nothing away from other readers. */
  read(): Lag;
  stop(): void;
}

const STRETCH_MS = 10_000;

/**
 * Watches how late timers are here. The monitor lies below JavaScript: it costs next to nothing, and a loop that stands
 * still is seen when it goes on.
 */
export function watchEventLoop(stretchMs = STRETCH_MS): EventLoopLag {
  const monitors = [start(), start()];
  // Two monitors, each reset every other stretch: the older one always covers a whole stretch and a part of the next.
  let older = 0;
  const timer = setInterval(() => {
    monitors[older]?.reset();
    older = 1 - older;
  }, stretchMs);
  timer.unref();
  return {
    read() {
      const monitor = monitors[older];
      if (monitor === undefined || monitor.count === 0) return { p50: 0, p99: 0, max: 0 };
      return {
        p50: lateness(monitor.percentile(50)),
        p99: lateness(monitor.percentile(99)),
        max: lateness(monitor.max),
      };
    },
    stop() {
      clearInterval(timer);
      for (const monitor of monitors) monitor.disable();
    },
  };
}

function start() {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  return monitor;
}

/** What is measured is the time between two turns of a timer, which is never below its period. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NS_PER_MS - RESOLUTION_MS);
}

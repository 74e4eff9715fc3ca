import { expect, it, vi } from "vitest";
import { watchEventLoop } from "./event-loop-lag";

it("sees that the event loop stood still, and forgets it after a while", async () => {
  const lag = watchEventLoop(1_000);
  try {
    // A first turn of the monitor's timer must be over: what it compares with.
    await vi.waitFor(() => expect(lag.read().max).toBeGreaterThan(0));
    const until = performance.now() + 300;
    while (performance.now() < until);
    await vi.waitFor(() => expect(lag.read().max).toBeGreaterThan(200));
    await vi.waitFor(() => expect(lag.read().max).toBeLessThan(200), { timeout: 10_000 });
  } finally {
    lag.stop();
  }
});

import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startLoop } from "./loop";

describe("startLoop", () => {
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  it("never overlaps and ends with the signal", async () => {
    let running = 0;
    let most = 0;
    let turns = 0;
    const ended = startLoop({ every: 1, signal: stop.signal, onError: () => undefined }, async () => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      turns += 1;
      if (turns === 5) stop.abort();
    });
    await ended;
    expect({ most, turns }).toEqual({ most: 1, turns: 5 });
  });

  it("hands the signal to the work and ends quietly when the work is aborted by it", async () => {
    const errors: unknown[] = [];
    const ended = startLoop(
      { every: 1, atOnce: true, signal: stop.signal, onError: (error) => errors.push(error) },
      (signal) => {
        stop.abort();
        signal.throwIfAborted();
      },
    );
    await ended;
    expect(errors).toEqual([]);
  });

  it("does nothing when the signal has come already", async () => {
    stop.abort();
    const work = vi.fn();
    await startLoop({ every: 1, atOnce: true, signal: stop.signal, onError: () => undefined }, work);
    expect(work).not.toHaveBeenCalled();
  });

  it("doubles the pause after failures, up to the longest, and returns to normal", async () => {
    const pauses: number[] = [];
    let last = performance.now();
    const outcomes = [false, false, false, false, true, true];
    const errors: unknown[] = [];
    await startLoop(
      { every: 10, jitter: 0, longestPause: 40, signal: stop.signal, onError: (error) => errors.push(error) },
      () => {
        pauses.push(performance.now() - last);
        last = performance.now();
        const good = outcomes.shift();
        if (outcomes.length === 0) stop.abort();
        if (!good) throw new Error("down");
      },
    );
    expect(errors).toHaveLength(4);
    // Lower bounds only: a timer may be late, never early (by more than its millisecond of rounding).
    const atLeast = [10, 20, 40, 40, 40, 10];
    expect(pauses).toHaveLength(atLeast.length);
    for (const [index, least] of atLeast.entries()) expect(pauses[index]).toBeGreaterThan(least - 2);
  });
});

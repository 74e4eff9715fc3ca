import pino from "pino";
import { expect, it } from "vitest";
import { startForgettingSessions } from "./forget-sessions";

it("deletes in portions until nothing is left, and ends with its signal", async () => {
  const ending = new AbortController();
  const left = [1_000, 1_000, 7];
  const asked: { afterDays: number; mostDays: number; most: number }[] = [];
  await startForgettingSessions({
    people: {
      async forgetEndedSessions(which) {
        asked.push(which);
        if (left.length === 1) ending.abort();
        return left.shift() ?? 0;
      },
    },
    log: pino({ level: "silent" }),
    signal: ending.signal,
    mostDays: 180,
  });
  expect(asked).toEqual(Array.from({ length: 3 }, () => ({ afterDays: 30, mostDays: 180, most: 1_000 })));
});

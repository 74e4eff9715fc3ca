import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelay } from "./backoff";
import { createReconnecting } from "./reconnecting";
import { createFakeClock } from "./testing/fake-clock";

describe("the wait before the next try", () => {
  it("is short at first, grows, and is never longer than five seconds", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, dice) => {
        const wait = retryDelay(attempt, dice);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(5_000);
        if (attempt === 0) expect(wait).toBeLessThanOrEqual(300);
        if (attempt >= 5) expect(wait).toBeGreaterThanOrEqual(1_250);
      }),
    );
  });

  it("differs from one client to the next", () => {
    expect(retryDelay(4, 0.1)).not.toBe(retryDelay(4, 0.9));
  });
});

function start() {
  const time = createFakeClock();
  const tries: number[] = [];
  let givenUp = 0;
  const reconnecting = createReconnecting({
    clock: time.clock,
    handshakeMs: 8_000,
    try: (attempt) => tries.push(attempt),
    giveUp: () => {
      givenUp += 1;
    },
  });
  reconnecting.start();
  return { time, tries, reconnecting, givenUp: () => givenUp };
}

describe("reconnecting", () => {
  it("tries at once, and after a loss until it is connected", async () => {
    const { time, tries, reconnecting } = start();
    expect(tries).toEqual([0]);
    reconnecting.connected();
    await time.pass(60_000);
    expect(tries).toEqual([0]);
    reconnecting.lost();
    await time.pass(300);
    expect(tries).toHaveLength(2);
    reconnecting.lost();
    await time.pass(50);
    expect(tries).toHaveLength(2);
    await time.pass(600);
    expect(tries).toHaveLength(3);
  });

  it("waits for as long as the server says", async () => {
    const { time, tries, reconnecting } = start();
    reconnecting.lost(4_000);
    await time.pass(3_900);
    expect(tries).toHaveLength(1);
    await time.pass(200);
    expect(tries).toHaveLength(2);
  });

  it("tries at once when somebody comes back, but not twice", async () => {
    const { time, tries, reconnecting } = start();
    reconnecting.lost(4_000);
    reconnecting.nudge();
    reconnecting.nudge();
    expect(tries).toHaveLength(2);
    await time.pass(5_000);
    expect(tries).toHaveLength(2);
  });

  it("gives a try up that nobody answers", async () => {
    const { time, tries, givenUp } = start();
    await time.pass(8_000);
    expect(givenUp()).toBe(1);
    await time.pass(500);
    expect(tries).toHaveLength(2);
  });

  it("counts from the beginning once a connection worked, and not before", async () => {
    const { time, tries, reconnecting } = start();
    for (let n = 0; n < 6; n += 1) {
      reconnecting.lost();
      await time.pass(5_000);
    }
    reconnecting.connected();
    reconnecting.lost();
    await time.pass(300);
    expect(tries).toHaveLength(7);
    await time.pass(5_000);
    reconnecting.connected();
    reconnecting.settled();
    reconnecting.lost();
    await time.pass(300);
    expect(tries).toHaveLength(9);
  });

  it("stops for good", async () => {
    const { time, tries, reconnecting } = start();
    reconnecting.stop();
    reconnecting.lost();
    reconnecting.nudge();
    await time.pass(60_000);
    expect(tries).toHaveLength(1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenBucket } from "./token-bucket";

const rate = { perSecond: 10, burst: 3 };

describe("TokenBucket", () => {
  it("gives a burst at once, then says how long to wait", () => {
    const bucket = new TokenBucket(rate, 1_000);
    expect([bucket.take(1_000), bucket.take(1_000), bucket.take(1_000)]).toEqual([0, 0, 0]);
    expect(bucket.take(1_000)).toBe(100);
    expect(bucket.take(1_060)).toBe(40);
    expect(bucket.take(1_100)).toBe(0);
  });

  it("is full again after burst / perSecond", () => {
    const bucket = new TokenBucket(rate, 0);
    for (let taken = 0; taken < 3; taken += 1) bucket.take(0);
    expect(bucket.isFull(299)).toBe(false);
    expect(bucket.isFull(300)).toBe(true);
  });

  it("gives nothing for a clock that steps back and goes on", () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 10_000);
    expect(bucket.take(10_000)).toBe(0);
    expect(bucket.take(5_000)).toBe(1_000);
    expect(bucket.take(5_999)).toBe(1);
    expect(bucket.take(6_000)).toBe(0);
  });

  it("never gives more than burst + elapsed × rate", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 300 }),
        (perSecond, burst, pauses) => {
          const bucket = new TokenBucket({ perSecond, burst }, 0);
          let now = 0;
          let given = 0;
          for (const pause of pauses) {
            now += pause;
            if (bucket.take(now) === 0) given += 1;
          }
          return given <= burst + (now * perSecond) / 1_000 + 1e-6;
        },
      ),
    );
  });

  it("gives a token to whoever waits as long as it said", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 20 }), (perSecond, burst) => {
        const bucket = new TokenBucket({ perSecond, burst }, 0);
        for (let taken = 0; taken < burst; taken += 1) bucket.take(0);
        const wait = bucket.take(0);
        return wait > 0 && bucket.take(wait) === 0;
      }),
    );
  });
});

import { expect, it } from "vitest";
import { KeyedRates } from "./keyed-rates";

it("counts each key apart", () => {
  const rates = new KeyedRates<string>({ perSecond: 1, burst: 2 });
  expect([rates.take("ada", 0), rates.take("ada", 0)]).toEqual([0, 0]);
  expect(rates.take("ada", 0)).toBe(1_000);
  expect(rates.take("bob", 0)).toBe(0);
});

it("forgets who has their whole burst again, and nobody before", () => {
  const rates = new KeyedRates<string>({ perSecond: 1, burst: 2 });
  rates.take("ada", 0);
  rates.take("ada", 0);
  rates.take("bob", 1_500);
  expect(rates.size).toBe(2);
  expect(rates.take("ada", 1_500)).toBe(0);
  expect(rates.take("ada", 1_500)).toBe(500);
  rates.take("cleo", 2_400);
  expect(rates.size).toBe(3);
  rates.take("cleo", 3_001);
  expect(rates.size).toBe(1);
});

it("never remembers more than it may", () => {
  const rates = new KeyedRates<number>({ perSecond: 1, burst: 1 }, 3);
  for (let key = 1; key <= 4; key += 1) rates.take(key, 0);
  expect(rates.size).toBe(3);
  expect(rates.take(4, 0)).toBe(1_000);
  expect(rates.take(1, 0)).toBe(0);
});

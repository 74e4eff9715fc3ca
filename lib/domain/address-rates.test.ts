import { describe, expect, it } from "vitest";
import { AddressRates } from "./address-rates";

describe("AddressRates", () => {
  it("lets a burst pass, then as many as its rate", () => {
    const rates = new AddressRates({ perSecond: 0.1, burst: 3 });
    const waits = Array.from({ length: 4 }, () => rates.take("192.0.2.1", 0));
    expect(waits).toEqual([0, 0, 0, 10_000]);
    expect(rates.take("192.0.2.1", 10_000)).toBe(0);
    expect(rates.take("192.0.2.1", 10_000)).toBe(10_000);
  });

  it("counts addresses apart, and the neighbours of an IPv6 address together", () => {
    const rates = new AddressRates({ perSecond: 1, burst: 1 });
    expect(rates.take("192.0.2.1", 0)).toBe(0);
    expect(rates.take("192.0.2.2", 0)).toBe(0);
    expect(rates.take("2001:db8::1", 0)).toBe(0);
    expect(rates.take("2001:db8::2", 0)).toBe(1_000);
  });

  it("forgets who used up nothing, and never remembers more than 10,000", () => {
    const rates = new AddressRates({ perSecond: 1, burst: 1 });
    for (let index = 0; index < 12_000; index += 1) rates.take(`address ${index}`, 0);
    expect(rates.size).toBe(10_000);
    expect(rates.take("address 11999", 0)).toBe(1_000);
    rates.take("another", 1_000);
    expect(rates.size).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { type AllowedAttempt, SignInThrottle } from "./sign-in-throttle";

function throttleAt(start = 1_000_000) {
  let now = start;
  const throttle = new SignInThrottle(() => now);
  const begin = (account = "ada", address = "192.0.2.1"): AllowedAttempt => {
    const attempt = throttle.begin(account, address);
    if (attempt.kind === "wait") throw new Error(`has to wait ${attempt.retryAfterMs} ms`);
    return attempt;
  };
  const waitOf = (account = "ada", address = "192.0.2.1"): number => {
    const attempt = throttle.begin(account, address);
    if (attempt.kind === "wait") return attempt.retryAfterMs;
    attempt.abandoned();
    return 0;
  };
  const fail = (times: number, account?: string, address?: string) => {
    for (let time = 0; time < times; time += 1) {
      now += waitOf(account, address);
      begin(account, address).failed();
    }
  };
  return { throttle, begin, waitOf, fail, pass: (ms: number) => (now += ms) };
}

describe("SignInThrottle", () => {
  it("lets a few failures pass, then doubles the delay up to a minute", () => {
    const { fail, waitOf } = throttleAt();
    const waits = Array.from({ length: 14 }, (_, index) => {
      // From another address each time: only the account is counted.
      fail(1, "ada", `192.0.2.${index}`);
      return waitOf("ada", "198.51.100.1");
    });
    expect(waits).toEqual([
      0, 0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it("counts an address that guesses at many accounts", () => {
    const { fail, waitOf } = throttleAt();
    for (let index = 0; index < 21; index += 1) fail(1, `user${index}`);
    expect(waitOf("somebody")).toBe(1_000);
    expect(waitOf("somebody", "198.51.100.1")).toBe(0);
  });

  it("counts the neighbours of an IPv6 address with it", () => {
    const { fail, waitOf } = throttleAt();
    for (let index = 0; index < 21; index += 1) fail(1, `user${index}`, `2001:db8:1:2::${index}`);
    expect(waitOf("somebody", "2001:db8:1:2:ffff::1")).toBe(1_000);
    expect(waitOf("somebody", "2001:db8:1:3::1")).toBe(0);
  });

  it("says what is left of the delay, and lets one attempt pass after it", () => {
    const { fail, waitOf, pass, begin, throttle } = throttleAt();
    fail(7);
    pass(500);
    expect(waitOf()).toBe(1_500);
    pass(1_500);
    begin();
    expect(throttle.begin("ada", "198.51.100.1").kind).toBe("wait");
  });

  it("does not let a burst pass that began before its first failure was known", () => {
    const { throttle, begin } = throttleAt();
    const attempts = Array.from({ length: 50 }, (_, index) => begin("ada", `192.0.2.${index}`));
    expect(throttle.begin("ada", "198.51.100.1")).toEqual({ kind: "wait", retryAfterMs: 1_000 });
    for (const attempt of attempts) attempt.failed();
    expect(throttle.begin("ada", "198.51.100.1")).toEqual({ kind: "wait", retryAfterMs: 60_000 });
  });

  it("lets many tabs of one user sign in at once", () => {
    const { begin } = throttleAt();
    const first = Array.from({ length: 50 }, () => begin());
    for (const attempt of first) attempt.succeeded();
    const again = Array.from({ length: 128 }, () => begin());
    for (const attempt of again) attempt.succeeded();
  });

  it("does not keep the owner waiting whom strangers guess at", () => {
    const { begin, fail, waitOf } = throttleAt();
    begin("ada", "192.0.2.1").succeeded();
    fail(12, "ada", "198.51.100.1");
    expect(waitOf("ada", "203.0.113.1")).toBe(60_000);
    expect(waitOf("ada", "192.0.2.1")).toBe(0);
    // There he is counted by himself.
    fail(6, "ada", "192.0.2.1");
    expect(waitOf("ada", "192.0.2.1")).toBe(1_000);
  });

  it("forgets failures with a success, and after an hour", () => {
    const { fail, begin, waitOf, pass } = throttleAt();
    fail(5);
    begin().succeeded();
    fail(5, "ada", "198.51.100.1");
    expect(waitOf("ada", "198.51.100.1")).toBe(0);
    fail(3, "ada", "198.51.100.1");
    expect(waitOf("ada", "198.51.100.1")).toBe(4_000);
    pass(60 * 60_000 + 1);
    expect(waitOf("ada", "198.51.100.1")).toBe(0);
  });

  it("does not count what was never decided", () => {
    const { begin, waitOf } = throttleAt();
    for (let index = 0; index < 50; index += 1) begin().abandoned();
    expect(waitOf()).toBe(0);
  });

  it("never waits longer than a minute, also when the clock is set back", () => {
    const { fail, waitOf, pass } = throttleAt(10_000_000);
    fail(30);
    pass(-3_600_000);
    expect(waitOf()).toBe(60_000);
    pass(60_000);
    expect(waitOf()).toBe(0);
  });

  it("keeps memory bounded under a flood of names and addresses", () => {
    const { throttle, begin } = throttleAt();
    for (let index = 0; index < 30_000; index += 1) begin(`u${index}`, `a${index}`).failed();
    expect(throttle.size.counters).toBeLessThanOrEqual(20_002);
    for (let index = 0; index < 30_000; index += 1) begin(`v${index}`, `b${index}`).succeeded();
    expect(throttle.size.counters).toBeLessThanOrEqual(20_002);
    expect(throttle.size.known).toBeLessThanOrEqual(10_000);
  });

  it("remembers nothing of names that were typed while their address had to wait", () => {
    const { throttle, fail, begin, waitOf } = throttleAt();
    for (let index = 0; index < 30; index += 1) fail(1, `user${index}`);
    for (let index = 0; index < 12; index += 1) fail(1, "ada", `198.51.100.${index}`);
    fail(1, "the last one");
    const { counters } = throttle.size;
    for (let index = 0; index < 30_000; index += 1) waitOf(`u${index}`);
    expect(throttle.size.counters).toBe(counters);
    // Nor did they push out what is known of others.
    begin("somebody", "203.0.113.1").failed();
    expect(waitOf("ada", "203.0.113.2")).toBe(60_000);
  });
});

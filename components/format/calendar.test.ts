import { describe, expect, it } from "vitest";
import { dayOf, daysBetween } from "./calendar";

describe("dayOf", () => {
  it.each([
    ["2025-03-09T23:59:59.999Z", "UTC", "2025-03-09"],
    ["2025-03-09T16:00:00Z", "Asia/Shanghai", "2025-03-10"],
    ["2025-03-09T15:59:59Z", "Asia/Shanghai", "2025-03-09"],
    ["2025-03-09T18:14:59Z", "Asia/Kathmandu", "2025-03-09"],
    ["2025-03-09T18:15:00Z", "Asia/Kathmandu", "2025-03-10"],
    ["2025-03-09T04:59:00Z", "America/New_York", "2025-03-08"],
  ])("of %s in %s is %s", (at, zone, day) => expect(dayOf(new Date(at), zone)).toBe(day));
});

describe("daysBetween", () => {
  it.each([
    ["2025-03-09T23:00:00Z", "2025-03-10T01:00:00Z", "UTC", 1],
    ["2025-03-09T23:00:00Z", "2025-03-10T01:00:00Z", "Asia/Shanghai", 0],
    // The day on which New York's clocks go forward has 23 hours.
    ["2025-03-08T05:00:00Z", "2025-03-10T04:00:00Z", "America/New_York", 2],
    ["2025-03-10T00:00:00Z", "2025-03-09T00:00:00Z", "UTC", -1],
    ["2024-12-31T12:00:00Z", "2025-01-01T12:00:00Z", "UTC", 1],
  ])("from %s to %s in %s are %i", (from, to, zone, days) =>
    expect(daysBetween(new Date(from), new Date(to), zone)).toBe(days),
  );
});

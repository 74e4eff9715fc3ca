import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineRow } from "./timeline-rows";
import { nextWindow, type WindowState } from "./use-timeline-window";

const at = new Date(0);
const row = (number: number): TimelineRow => ({
  kind: "pending",
  key: String(number),
  own: true,
  at,
  startsDay: false,
  startsUnread: false,
  startsGroup: true,
  endsGroup: true,
  pending: { clientId: "", conversationId: "", body: "", createdAt: 0, state: "pending" } as never,
});
const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => row(from + index));
const keys = (rows: readonly TimelineRow[]) => rows.map(({ key }) => Number(key));
const drawn = (rows: readonly TimelineRow[]): WindowState => ({
  rows,
  wanted: rows,
  shift: false,
  generation: 0,
});

describe("nextWindow", () => {
  it("appends without a shift", () => {
    const next = nextWindow(drawn(rowsOf(5, 10)), rowsOf(5, 12));
    expect([keys(next.rows), next.shift, next.generation]).toEqual([keys(rowsOf(5, 12)), false, 0]);
  });

  it("shifts when older rows come in", () => {
    const next = nextWindow(drawn(rowsOf(5, 10)), rowsOf(0, 10));
    expect([keys(next.rows), next.shift]).toEqual([keys(rowsOf(0, 10)), true]);
  });

  it("begins anew when nothing is shared", () => {
    expect(nextWindow(drawn(rowsOf(5, 10)), rowsOf(50, 60)).generation).toBe(1);
  });

  it("changes one end at a time wherever a window moves to", () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(span, span, ([from, length], [nextFrom, nextLength]) => {
        const before = rowsOf(from, from + length);
        const wanted = rowsOf(nextFrom, nextFrom + nextLength);
        const next = nextWindow(drawn(before), wanted);
        // With a shift, the end stays: what the list remembers from there is still true.
        if (next.generation === 1 || !next.shift) expect(next.rows).toBe(wanted);
        else expect(next.rows.at(-1)?.key).toBe(before.at(-1)?.key);
      }),
    );
  });
});

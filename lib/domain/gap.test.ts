import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "@/lib/contract/shapes";
import { createChangeSequence } from "./gap";
import { ConversationModel } from "./testing/conversation-model";

const model = new ConversationModel(2);
const changes: Change[] = [];
for (let n = 0; n < 30; n += 1) {
  const change = model.take({ do: "send", by: n });
  if (change !== undefined) changes.push(change);
}
const revs = (list: Change[]) => list.map(({ rev }) => rev);
const at = (rev: number): Change => {
  const change = changes[rev - 1];
  if (change === undefined) throw new Error(`no change ${rev}`);
  return change;
};

describe("a sequence of changes", () => {
  it("lets every change out once, in order and without gap, however they come in", () => {
    const delivery = fc.array(fc.constantFrom(...changes), { maxLength: 200 });
    fc.assert(
      fc.property(delivery, fc.nat({ max: 30 }), (arrivals, start) => {
        const sequence = createChangeSequence(start);
        const out = arrivals.flatMap((change) => sequence.offer(change));
        expect(revs(out)).toEqual(Array.from(out, (_, n) => start + 1 + n));
        const highest = Math.max(start, ...revs(arrivals));
        expect(sequence.missing).toBe(sequence.applied < highest);
        const rest = changes.flatMap((change) => sequence.offer(change));
        expect(revs([...out, ...rest])).toEqual(revs(changes.slice(start)));
        expect(sequence.missing).toBe(false);
      }),
    );
  });

  it("applies the next, drops an old one, and holds a later one back", () => {
    const sequence = createChangeSequence(0);
    expect(revs(sequence.offer(at(1)))).toEqual([1]);
    expect(sequence.offer(at(1))).toEqual([]);
    expect(sequence.offer(at(3))).toEqual([]);
    expect(sequence.missing).toBe(true);
    expect(revs(sequence.offer(at(2)))).toEqual([2, 3]);
    expect(sequence.missing).toBe(false);
  });

  it("goes on from a snapshot with what was held back, and never back", () => {
    const sequence = createChangeSequence(0);
    sequence.offer(at(4));
    sequence.offer(at(6));
    expect(revs(sequence.jumpTo(3))).toEqual([4]);
    expect(sequence.applied).toBe(4);
    expect(sequence.jumpTo(2)).toEqual([]);
    expect(sequence.applied).toBe(4);
    expect(sequence.missing).toBe(true);
  });

  it("is missing something as soon as it hears of a later revision", () => {
    const sequence = createChangeSequence(2);
    sequence.expect(3);
    expect(sequence.missing).toBe(true);
    sequence.offer(at(3));
    expect(sequence.missing).toBe(false);
  });

  it("still hears everything when more was early than it holds", () => {
    const long = new ConversationModel(2);
    const sequence = createChangeSequence(0);
    const sent = Array.from({ length: 1_500 }, () => long.take({ do: "send", by: 0 }));
    const early = sent.slice(1).flatMap((change) => (change === undefined ? [] : sequence.offer(change)));
    expect(early).toEqual([]);
    const out = long.changes(0, 2_000).changes.flatMap((change) => sequence.offer(change));
    expect(revs(out)).toEqual(Array.from({ length: 1_500 }, (_, n) => n + 1));
  });
});

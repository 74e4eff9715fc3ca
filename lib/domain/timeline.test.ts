import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "@/lib/contract/shapes";
import { createChangeSequence } from "./gap";
import { ConversationModel, personOf } from "./testing/conversation-model";
import { steps } from "./testing/steps";
import { applyChange, countOfOthers, joinPage, messageAt, newer, type Stretch, trim } from "./timeline";

const me = personOf(0).id;

function conversationOf(messages: number): ConversationModel {
  const model = new ConversationModel(2);
  for (let n = 0; n < messages; n += 1) model.take({ do: "send", by: n });
  return model;
}

const seqs = (stretch: Stretch | undefined) => stretch?.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe("a stretch of messages", () => {
  it("shows the truth after any loss, repetition and disorder of changes, once the rest was fetched", () => {
    const fate = fc.record({ order: fc.nat({ max: 1_000 }), copies: fc.nat({ max: 2 }) });
    fc.assert(
      fc.property(steps, steps, fc.array(fate, { minLength: 40, maxLength: 40 }), (before, after, fates) => {
        const model = new ConversationModel(3);
        for (const step of before) model.take(step);
        let stretch: Stretch = model.history(undefined, 10).messages;
        const sequence = createChangeSequence(model.lastRev);
        const apply = (change: Change) => {
          for (const due of sequence.offer(change)) stretch = applyChange(stretch, due);
        };

        const sent = after.flatMap((step) => model.take(step) ?? []);
        const arrivals = sent.flatMap((change, n) => {
          const { order, copies } = fates[n] ?? { order: 0, copies: 1 };
          return Array.from({ length: copies }, () => ({ change, order }));
        });
        for (const { change } of arrivals.sort((one, other) => one.order - other.order)) apply(change);
        if (sequence.missing) model.changes(sequence.applied).changes.forEach(apply);

        // what nobody heard of is not missed: the next snapshot tells
        const known = model.changes(0).changes.slice(0, sequence.applied);
        const created = known.filter(({ type }) => type === "message.created").length;
        expect(seqs(stretch)).toEqual(range(stretch[0]?.seq ?? 1, created));
        for (const change of model.changes(sequence.applied).changes) apply(change);
        expect(stretch).toEqual(model.messages.slice((stretch[0]?.seq ?? 1) - 1));
      }),
    );
  });

  it("gives the same object when a change says nothing new", () => {
    const model = conversationOf(5);
    const stretch = model.history(undefined, 3).messages;
    for (const change of model.changes(0).changes) expect(applyChange(stretch, change)).toBe(stretch);
  });

  it("takes the first message of an empty conversation, and no other", () => {
    const { changes } = conversationOf(2).changes(0);
    const [first, second] = changes;
    expect(first && seqs(applyChange([], first))).toEqual([1]);
    expect(second && seqs(applyChange([], second))).toEqual([]);
  });

  it("joins pages that touch or overlap, on both ends, and refuses a hole", () => {
    const model = conversationOf(30);
    const page = (from: number, to: number) => model.messages.slice(from - 1, to);
    expect(seqs(joinPage(page(11, 20), page(1, 10)))).toEqual(range(1, 20));
    expect(seqs(joinPage(page(11, 20), page(15, 25)))).toEqual(range(11, 25));
    expect(seqs(joinPage(page(11, 20), page(5, 28)))).toEqual(range(5, 28));
    expect(joinPage(page(11, 20), page(1, 9))).toBeUndefined();
    expect(joinPage(page(11, 20), page(22, 30))).toBeUndefined();
    expect(seqs(joinPage([], page(3, 4)))).toEqual([3, 4]);
  });

  it("keeps the newest version of a message, whichever way the two come in", () => {
    const model = conversationOf(3);
    const old = model.history(undefined, 3).messages;
    model.take({ do: "edit", pick: 1 });
    const now = model.history(undefined, 3).messages;
    expect(joinPage(old, now)).toEqual(now);
    expect(joinPage(now, old)).toBe(now);
  });

  it("never shows the body of a deleted message again", () => {
    fc.assert(
      fc.property(steps, (life) => {
        const model = new ConversationModel(2);
        const states = life.flatMap((step) => model.take(step)?.message ?? []);
        const deleted = new Set(states.filter((m) => m.deletedAt !== undefined).map(({ seq }) => seq));
        for (const tombstone of states.filter((m) => m.deletedAt !== undefined))
          for (const other of states.filter(({ seq }) => seq === tombstone.seq)) {
            expect(newer(tombstone, other).body).toBe("");
            expect(newer(other, tombstone).body).toBe("");
          }
        const stretch = model.messages.filter(({ seq }) => deleted.has(seq));
        expect(stretch.every(({ body }) => body === "")).toBe(true);
      }),
    );
  });

  it("believes in a deletion whatever the revisions say", () => {
    const model = conversationOf(1);
    const [alive] = model.messages;
    model.take({ do: "delete", pick: 0 });
    const [tombstone] = model.messages;
    if (alive === undefined || tombstone === undefined) throw new Error("no message");
    const revived = { ...alive, rev: tombstone.rev + 1 };
    expect(newer(tombstone, revived)).toBe(tombstone);
    expect(newer(revived, tombstone)).toBe(tombstone);
  });

  it("keeps a client id that a later state leaves out", () => {
    const [own] = conversationOf(1).messages;
    expect(own).toBeDefined();
    if (own === undefined) return;
    const { clientId, ...withoutId } = own;
    expect(newer(own, { ...withoutId, rev: own.rev + 1 }).clientId).toBe(clientId);
  });

  it("is trimmed at the end that is not being read", () => {
    const { messages } = conversationOf(10);
    expect(seqs(trim(messages, 4, "oldest"))).toEqual([1, 2, 3, 4]);
    expect(seqs(trim(messages, 4, "newest"))).toEqual([7, 8, 9, 10]);
    expect(trim(messages, 10, "newest")).toBe(messages);
  });

  it("finds a message by its number", () => {
    const stretch = conversationOf(9).messages.slice(4);
    expect(messageAt(stretch, 5)?.seq).toBe(5);
    expect(messageAt(stretch, 4)).toBeUndefined();
    expect(messageAt(stretch, 10)).toBeUndefined();
  });

  it("counts messages of others where it can see them all", () => {
    const model = conversationOf(10);
    model.take({ do: "delete", pick: 9 });
    const stretch = model.messages.slice(4);
    expect(countOfOthers(stretch, me, 4, 10)).toBe(2);
    expect(countOfOthers(stretch, me, 9, 10)).toBe(0);
    expect(countOfOthers(stretch, me, 10, 10)).toBe(0);
    expect(countOfOthers(stretch, me, 3, 10)).toBeUndefined();
    expect(countOfOthers(stretch, me, 8, 11)).toBeUndefined();
  });
});

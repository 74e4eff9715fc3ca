import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Head } from "@/lib/contract/shapes";
import { applyChangeToHead, namesEveryMember } from "./apply-change";
import { ConversationModel, personOf } from "./testing/conversation-model";
import { steps } from "./testing/steps";

const me = personOf(0).id;

/** Receipts come by their own event; the model has none. */
const withoutReceipts = (head: Head): Head => ({ ...head, receipts: [] });

describe("applyChangeToHead", () => {
  it("gives a fresh snapshot when live changes are applied to any older one", () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 20 }), (life, readSeq) => {
        const model = new ConversationModel(3);
        model.readSeq.set(me, readSeq);
        let head = model.head(me);
        for (const step of life) {
          const change = model.take(step);
          if (change !== undefined) head = applyChangeToHead(head, change, me);
          expect(withoutReceipts(head)).toEqual(model.head(me));
        }
      }),
    );
  });

  it("gives a fresh snapshot when fetched changes, with later states in them, are applied to any older one", () => {
    fc.assert(
      fc.property(steps, steps, fc.nat({ max: 20 }), (before, after, readSeq) => {
        const model = new ConversationModel(3);
        model.readSeq.set(me, readSeq);
        for (const step of before) model.take(step);
        const snapshot = model.head(me);
        for (const step of after) model.take(step);
        const { changes } = model.changes(snapshot.lastRev);
        const head = changes.reduce((known, change) => applyChangeToHead(known, change, me), snapshot);
        expect(withoutReceipts(head)).toEqual(model.head(me));
      }),
    );
  });

  it("gives the same object for a change that it holds already", () => {
    const model = new ConversationModel(2);
    const change = model.take({ do: "send", by: 1 });
    const head = model.head(me);
    expect(change).toBeDefined();
    if (change !== undefined) expect(applyChangeToHead(head, change, me)).toBe(head);
  });

  it("counts messages of others only, takes a deleted one off, and leaves the sender's cursor alone", () => {
    const model = new ConversationModel(2);
    let head = model.head(me);
    const take = (step: Parameters<typeof model.take>[0]) => {
      const change = model.take(step);
      if (change !== undefined) head = applyChangeToHead(head, change, me);
    };
    take({ do: "send", by: 0 });
    expect(head).toMatchObject({ unread: 0, readSeq: 0, lastSeq: 1 });
    take({ do: "send", by: 1 });
    expect(head.unread).toBe(1);
    take({ do: "delete", pick: 1 });
    expect(head).toMatchObject({ unread: 0, lastSeq: 2, lastMessage: { seq: 2, body: "" } });
  });

  it("knows when a removal left the list of members one short", () => {
    const head = { ...new ConversationModel(50).head(me), memberCount: 52 };
    expect(namesEveryMember(head)).toBe(true);
    const gone = head.members[7];
    expect(gone).toBeDefined();
    if (gone === undefined) return;
    const removal = {
      conversationId: head.id,
      rev: 1,
      type: "member.removed",
      member: gone,
      at: "",
    } as const;
    const left = applyChangeToHead(head, removal, me);
    expect(left.memberCount).toBe(51);
    expect(namesEveryMember(left)).toBe(false);
  });
});

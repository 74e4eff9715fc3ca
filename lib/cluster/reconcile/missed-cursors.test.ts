import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { conversationId, userId } from "@/lib/contract/ids";
import type { MovedCursor } from "@/lib/usecases/ports/recent-changes";
import { MissedCursors } from "./missed-cursors";
import { ToldCursors } from "./told-cursors";

const ids = { userId: userId.parse(randomUUID()), conversationId: conversationId.parse(randomUUID()) };
const cursor = (readSeq: number, deliveredSeq = readSeq, more: Partial<MovedCursor> = {}): MovedCursor => ({
  ...{ ...ids, readSeq, deliveredSeq },
  ...{ hasRead: true, hasReceipts: true },
  ...more,
});

let told: ToldCursors;
let isHere: boolean;
let missed: MissedCursors;
/** What a round finds, given where the cursor stands now; nothing when it did not move. */
const round = (now?: MovedCursor) => missed.round(now === undefined ? [] : [now]);
const tell = (readSeq: number, deliveredSeq = readSeq) => {
  told.noteOwn(ids.userId, ids.conversationId, readSeq);
  told.noteReceipt({ ...ids, readSeq, deliveredSeq });
};

beforeEach(() => {
  told = new ToldCursors(() => 0);
  isHere = true;
  missed = new MissedCursors(told, () => isHere);
});

it("gives what is not told until the next round to come", () => {
  expect(round(cursor(3))).toEqual([]);
  expect(round(cursor(3))).toEqual([{ cursor: cursor(3), own: true, others: true }]);
  tell(3);
  expect(round(cursor(3))).toEqual([]);
});

it("does not take for missed what came meanwhile, also when the cursor has moved on", () => {
  round(cursor(3));
  tell(4);
  expect(round(cursor(5))).toEqual([]);
});

it("finds what is missing of a cursor that moves all the time", () => {
  round(cursor(3));
  expect(round(cursor(4))).toHaveLength(1);
  tell(4);
  expect(round(cursor(5))).toEqual([]);
  expect(round(cursor(6))).toHaveLength(1);
});

it("finds a cursor that was told further than it stands: put back, or told out of order", () => {
  tell(7);
  expect(round(cursor(5, 7))).toEqual([]);
  expect(round(cursor(5, 7))).toEqual([{ cursor: cursor(5, 7), own: true, others: true }]);
});

it("counts the last word, not the furthest", () => {
  tell(7);
  tell(5);
  round(cursor(7));
  expect(round(cursor(7))).toHaveLength(1);
});

it("tells whom it concerns: own devices when it was read, the others where they hear of it", () => {
  const twice = (now: MovedCursor) => {
    round(now);
    return round(now)[0];
  };
  expect(twice(cursor(3, 4, { hasRead: false }))).toMatchObject({ own: false, others: true });
  expect(twice(cursor(3, 4, { hasReceipts: false }))).toMatchObject({ own: true, others: false });
  isHere = false;
  expect(twice(cursor(3))).toMatchObject({ own: false, others: true });
  expect(twice(cursor(3, 4, { hasReceipts: false }))).toBeUndefined();
});

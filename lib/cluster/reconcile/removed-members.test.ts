import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { conversationId, userId } from "@/lib/contract/ids";
import type { ReceivedHint } from "./received-hint";
import { RemovedMembers } from "./removed-members";

const id = conversationId.parse(randomUUID());
const [ada, bob] = [userId.parse(randomUUID()), userId.parse(randomUUID())];
const change = (rev: number): ReceivedHint => ({ kind: "change", conversationId: id, rev });
const head = (lastRev: number): ReceivedHint => ({ kind: "head", head: { id, lastRev, readSeq: 0 } });
const receipt: ReceivedHint = {
  kind: "receipt",
  receipt: { conversationId: id, userId: ada, deliveredSeq: 1, readSeq: 1 },
};
const typing: ReceivedHint = { kind: "typing", conversationId: id };

let now: number;
let removed: RemovedMembers;
const heardBy = (hint: ReceivedHint) => {
  const late = removed.mustNotHear(hint, [ada, bob]);
  return [ada, bob].filter((user) => !late.includes(user));
};

beforeEach(() => {
  now = 0;
  removed = new RemovedMembers(() => now);
});

it("keeps nothing from members", () => {
  for (const hint of [change(3), head(3), receipt, typing]) expect(heardBy(hint)).toEqual([ada, bob]);
});

it("keeps from who was removed what comes late, whatever it is", () => {
  removed.take([{ conversationId: id, userId: bob, rev: 5, isMember: false }]);
  for (const hint of [change(5), head(4), receipt, typing]) expect(heardBy(hint)).toEqual([ada]);
});

it("lets who was added again hear what came after, and nothing of before", () => {
  removed.take([{ conversationId: id, userId: bob, rev: 5, isMember: true }]);
  for (const hint of [change(6), head(6), receipt, typing]) expect(heardBy(hint)).toEqual([ada, bob]);
  for (const hint of [change(5), head(5)]) expect(heardBy(hint)).toEqual([ada]);
});

it("knows from their head that somebody is in again, before the store says so", () => {
  removed.take([{ conversationId: id, userId: bob, rev: 5, isMember: false }]);
  removed.isBack(bob, id, 4);
  expect(heardBy(receipt)).toEqual([ada]);
  removed.isBack(bob, id, 7);
  expect(heardBy(receipt)).toEqual([ada, bob]);
});

it("does not keep ticks for long from somebody who may be in again", () => {
  removed.take([{ conversationId: id, userId: bob, rev: 5, isMember: false }]);
  now = 15_000;
  for (const hint of [receipt, typing, change(6)]) expect(heardBy(hint)).toEqual([ada, bob]);
  expect(heardBy(change(5))).toEqual([ada]);
});

it("forgets what is long over", () => {
  removed.take([{ conversationId: id, userId: bob, rev: 5, isMember: false }]);
  now = 11 * 60_000;
  removed.take([{ conversationId: id, userId: ada, rev: 9, isMember: false }]);
  expect(heardBy(change(4))).toEqual([bob]);
});

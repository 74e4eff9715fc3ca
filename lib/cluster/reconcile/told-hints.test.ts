import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { conversationId, userId } from "@/lib/contract/ids";
import { ToldHints } from "./told-hints";

const [id, ada, bob] = [randomUUID(), randomUUID(), randomUUID()];
const encode = (...event: unknown[]) => `2${JSON.stringify(event)}`;

let told: ToldHints;
beforeEach(() => {
  told = new ToldHints(() => 0);
});

it("takes note of changes, heads and receipts from other nodes", () => {
  told.received(encode("change", { conversationId: id, rev: 4 }), [ada, bob]);
  told.received(encode("head", { id, lastRev: 9, readSeq: 3 }), [ada]);
  told.received(["receipt", { conversationId: id, userId: bob, deliveredSeq: 2, readSeq: 1 }], [ada]);
  expect(told.revisions.has(id, 4)).toBe(true);
  // The head went to one member: the others may have missed what it includes.
  expect(told.revisions.has(id, 5)).toBe(false);
  expect(told.cursors.own(ada, id)).toBe(3);
  expect(told.cursors.own(bob, id)).toBeUndefined();
  expect(told.cursors.receipt(bob, id)).toMatchObject({ deliveredSeq: 2, readSeq: 1 });
});

it("knows from its first head that a conversation is new", () => {
  told.received(encode("head", { id, lastRev: 0, readSeq: 0 }), [ada]);
  expect(told.revisions.has(id, 0)).toBe(true);
});

it("keeps a late hint from who was removed, and does not take it for told to them", () => {
  const users = { ada: userId.parse(ada), bob: userId.parse(bob) };
  told.removed.take([
    { conversationId: conversationId.parse(id), userId: users.bob, rev: 5, isMember: false },
  ]);
  expect(told.received(encode("change", { conversationId: id, rev: 4 }), [ada, bob])).toEqual([bob]);
  expect(told.received(encode("head", { id, lastRev: 4, readSeq: 2 }), [bob])).toEqual([bob]);
  expect(told.revisions.has(id, 4)).toBe(true);
  expect(told.cursors.own(bob, id)).toBeUndefined();
});

it("leaves alone what says nothing of conversations", () => {
  told.received(encode("presence", { userId: ada, state: "online" }), [ada]);
  expect(told.revisions.has(id, 0)).toBe(false);
});

import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { receivedChange } from "./received-change";

const conversationId = randomUUID();
const change = { conversationId, rev: 12, type: "message.created", at: "2026-01-01T00:00:00.000Z" };
const encode = (...event: unknown[]) => `2${JSON.stringify(event)}`;

it("reads a change, encoded or taken apart", () => {
  expect(receivedChange(encode("change", change))).toEqual({ conversationId, rev: 12 });
  expect(receivedChange(["change", change])).toEqual({ conversationId, rev: 12 });
});

it("reads a change also when its parts stand in another order", () => {
  expect(receivedChange(encode("change", { type: "x", rev: 3, conversationId }))).toEqual({
    conversationId,
    rev: 3,
  });
});

it("reads that a conversation is new from a head, and nothing else", () => {
  const head = { id: conversationId, title: 'says "lastRev":0, in its title', lastRev: 0, unread: 0 };
  expect(receivedChange(encode("head", head))).toEqual({ conversationId, rev: 0 });
  expect(receivedChange(["head", head])).toEqual({ conversationId, rev: 0 });
  expect(receivedChange(encode("head", { ...head, lastRev: 7 }))).toBeUndefined();
});

it.each([
  encode("head", { id: conversationId, lastRev: 3 }),
  encode("changed", change),
  encode("change"),
  encode("change", null),
  encode("change", { conversationId: 5, rev: "1" }),
  ["head", change],
  undefined,
  null,
])("finds none in anything else: %j", (event) => {
  expect(receivedChange(event)).toBeUndefined();
});

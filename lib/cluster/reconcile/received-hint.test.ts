import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { receivedHint } from "./received-hint";

const conversationId = randomUUID();
const userId = randomUUID();
const change = { conversationId, rev: 12, type: "message.created", at: "2026-01-01T00:00:00.000Z" };
const receipt = { conversationId, userId, deliveredSeq: 9, readSeq: 7 };
const head = {
  id: conversationId,
  title: 'says "lastRev":0, and "readSeq":1, in its title',
  lastRev: 5,
  readSeq: 3,
};
const encode = (...event: unknown[]) => `2${JSON.stringify(event)}`;

it.each([
  ["change", change, { kind: "change", conversationId, rev: 12 }],
  ["head", head, { kind: "head", head: { id: conversationId, lastRev: 5, readSeq: 3 } }],
  ["receipt", receipt, { kind: "receipt", receipt }],
  ["typing", { conversationId, userId, on: true }, { kind: "typing", conversationId }],
])("reads a %s, encoded or taken apart", (name, content, hint) => {
  expect(receivedHint(encode(name, content))).toEqual(hint);
  expect(receivedHint([name, content])).toEqual(hint);
});

it("reads a change also when its parts stand in another order", () => {
  expect(receivedHint(encode("change", { type: "x", rev: 3, conversationId }))).toEqual({
    kind: "change",
    conversationId,
    rev: 3,
  });
});

it.each([
  encode("head", { id: conversationId, lastRev: 3 }),
  encode("changed", change),
  encode("change"),
  encode("change", null),
  encode("change", { conversationId: 5, rev: "1" }),
  encode("receipt", { ...receipt, readSeq: "7" }),
  ["head", change],
  undefined,
  null,
])("finds none in anything else: %j", (event) => {
  expect(receivedHint(event)).toBeUndefined();
});

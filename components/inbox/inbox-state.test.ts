import { describe, expect, it } from "vitest";
import { conversationId, userId } from "@/lib/contract/ids";
import { inboxFrom, marked, refreshed, withMore } from "./inbox-state";
import type { InboxEntry, InboxPage } from "./inbox-types";

const id = (number: number) =>
  conversationId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, "0")}`);

function entry(number: number, unread = 2): InboxEntry {
  const sender = { id: userId.parse(id(999)), username: "ada", name: "Ada" };
  const lastMessage = {
    conversationId: id(number),
    seq: 9,
    rev: 9,
    id: id(number) as never,
    sender,
    body: "hello",
    version: 1,
    createdAt: `2025-01-01T00:00:${String(60 - number).padStart(2, "0")}Z`,
    reactions: [],
    attachments: [],
  };
  return {
    head: {
      id: id(number),
      kind: "direct",
      title: "",
      members: [],
      memberCount: 2,
      lastSeq: 9,
      lastRev: 9,
      readSeq: 9 - unread,
      unread,
      muted: false,
      epoch: "e",
      receipts: [],
      lastMessage,
    },
    messages: [lastMessage],
  };
}

const page = (numbers: number[], hasMore = false): InboxPage => ({
  entries: numbers.map((number) => entry(number)),
  hasMore,
  total: { conversations: numbers.length, messages: numbers.length * 2 },
});
const shown = (state: { items: readonly InboxEntry[] }) =>
  state.items.map(({ head }) => Number(head.id.slice(-3)));

describe("the inbox's state", () => {
  it("appends a later page, nobody twice", () => {
    expect(shown(withMore(inboxFrom(page([1, 2], true)), page([2, 3])))).toEqual([1, 2, 3]);
  });

  it("marks as read and back, and counts along", () => {
    const before = inboxFrom(page([1, 2]));
    const read = marked(before, new Set([id(1)]), true);
    expect(read.items[0]?.readBefore).toBe(7);
    expect(read.total).toEqual({ conversations: 1, messages: 2 });
    expect(marked(read, new Set([id(1)]), true)).toEqual(read);
    expect(marked(read, new Set([id(1)]), false)).toEqual(before);
  });

  it("keeps what was marked here, and what is still unread further down, when it is loaded anew", () => {
    const state = marked(withMore(inboxFrom(page([1, 2], true)), page([3, 4])), new Set([id(2)]), true);
    const after = refreshed(state, {
      page: page([1]),
      isUnread: (each) => each === id(3),
      markedSince: new Set(),
    });
    expect(shown(after)).toEqual([1, 2, 3]);
  });

  it("shows as unread again what got a new message", () => {
    const state = marked(inboxFrom(page([1])), new Set([id(1)]), true);
    const after = refreshed(state, { page: page([1]), isUnread: () => true, markedSince: new Set() });
    expect(after.items[0]?.readBefore).toBeUndefined();
  });

  it("does not believe a page that was asked for before something was marked", () => {
    const state = marked(inboxFrom(page([1, 2])), new Set([id(1)]), true);
    const late = { page: page([1, 2]), isUnread: () => false, markedSince: new Set([id(1)]) };
    const after = refreshed(state, late);
    expect(shown(after)).toEqual([1, 2]);
    expect(after.items[0]?.readBefore).toBe(7);
  });
});

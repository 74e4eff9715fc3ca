import { afterAll, describe, expect, it } from "vitest";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import { newGroup, newMessage, openTwoNodes, present, stored } from "./testing/stores";

const rig = await openTwoNodes();
const { store } = rig;
afterAll(() => rig.close());

async function sendMany(conversation: ConversationId, sender: UserId, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async () => stored(await store.send(newMessage(conversation, sender)))),
  );
}

/** Ben has not read Ann's `count` messages. */
async function unreadConversation(count: number) {
  const [ann, ben] = await rig.people(2);
  const { id } = await store.openDirect(ann, ben);
  await sendMany(id, ann, count);
  return { ann, ben, id };
}

describe("cursors", () => {
  it("move forward only, together, and not past the last message", async () => {
    const { ann, ben, id } = await unreadConversation(10);
    const read = (seq: number) => store.moveCursors(ben, id, { readSeq: seq });
    expect(await read(4)).toMatchObject({ readSeq: 4, deliveredSeq: 4, unread: 6, moved: true });
    expect(await read(2)).toMatchObject({ readSeq: 4, deliveredSeq: 4, unread: 6, moved: false });
    const delivered = present(await store.moveCursors(ben, id, { deliveredSeq: 7 }));
    expect(delivered).toMatchObject({ readSeq: 4, deliveredSeq: 7, moved: true });
    expect(delivered.unread).toBeUndefined();
    expect([...delivered.members].sort()).toEqual([ann, ben].sort());
    expect(await read(1_000)).toMatchObject({ readSeq: 10, deliveredSeq: 10, unread: 0, moved: true });
    expect(await store.moveCursors(ben, id, { deliveredSeq: 9 })).toMatchObject({
      deliveredSeq: 10,
      moved: false,
    });
    const head = present(await store.head(ann, id));
    expect(head.receipts).toEqual([{ conversationId: id, userId: ben, readSeq: 10, deliveredSeq: 10 }]);
  });

  it("end at the furthest of many concurrent moves on two nodes, and one caller a step hears that it moved", async () => {
    const { ben, id } = await unreadConversation(200);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        present(rig.nodes[n % 2]).store.moveCursors(
          ben,
          id,
          n % 3 === 0 ? { deliveredSeq: n } : { readSeq: n },
        ),
      ),
    );
    const head = present(await store.head(ben, id));
    expect(head).toMatchObject({ readSeq: 199, unread: 1 });
    for (const [n, outcome] of outcomes.entries()) {
      const reached = n % 3 === 0 ? outcome?.deliveredSeq : outcome?.readSeq;
      expect(reached).toBeGreaterThanOrEqual(n);
    }
    const moved = outcomes.filter((outcome) => outcome?.moved);
    expect(new Set(moved.map((outcome) => `${outcome?.readSeq} ${outcome?.deliveredSeq}`)).size).toBe(
      moved.length,
    );
  });

  it("of several members in one batch do not mix", async () => {
    const people = await rig.people(40);
    const [owner, ...others] = people;
    const id = await newGroup(store, owner, others);
    await sendMany(id, owner, 50);
    const outcomes = await Promise.all(others.map((user, n) => store.moveCursors(user, id, { readSeq: n })));
    expect(outcomes.map((outcome) => outcome?.readSeq)).toEqual(others.map((_, n) => n));
    expect(outcomes.map((outcome) => outcome?.unread)).toEqual(others.map((_, n) => 50 - n));
  });

  it("count neither own nor deleted messages", async () => {
    const { ann, ben, id } = await unreadConversation(3);
    await sendMany(id, ben, 2);
    await store.change(id, (unit) => unit.deleteMessage(2));
    expect(present(await store.head(ben, id)).unread).toBe(2);
    expect(present(await store.head(ann, id)).unread).toBe(2);
    expect(await store.moveCursors(ben, id, { readSeq: 1 })).toMatchObject({ unread: 1 });
  });

  it("go back only when asked to mark unread", async () => {
    const { ben, id } = await unreadConversation(5);
    await store.moveCursors(ben, id, { readSeq: 4 });
    expect(await store.markUnread(ben, id, 5)).toMatchObject({ readSeq: 4, unread: 1, moved: false });
    expect(await store.markUnread(ben, id, 3)).toMatchObject({
      readSeq: 2,
      deliveredSeq: 4,
      unread: 3,
      moved: true,
    });
    expect(await store.markUnread(ben, id, 0)).toMatchObject({ readSeq: 0, unread: 5, moved: true });
    expect(present(await store.head(ben, id))).toMatchObject({ readSeq: 0, unread: 5 });
  });

  it("start at the end for who joins later", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const id = await newGroup(store, ann, [ben]);
    await sendMany(id, ann, 5);
    await store.change(id, (unit) => unit.addMember(eve, "member"));
    expect(present(await store.head(eve, id))).toMatchObject({
      readSeq: 5,
      unread: 0,
      lastSeq: 5,
      lastRev: 6,
    });
    expect(present(await store.history(eve, id, { limit: 10 })).messages).toHaveLength(5);
  });
});

describe("the inbox", () => {
  it("lists what is unread, latest first, page by page, with its last messages and the totals", async () => {
    const people = await rig.people(8);
    const [ben, ...others] = people;
    const ids: ConversationId[] = [];
    for (const [n, other] of others.entries()) {
      const { id } = await store.openDirect(ben, other);
      await sendMany(id, other, n + 1);
      ids.unshift(id);
    }
    await store.moveCursors(ben, present(ids[0]), { readSeq: 7 });
    const first = await store.unread(ben, { limit: 4, messagesEach: 2 });
    expect(first.total).toEqual({ conversations: 6, messages: 21 });
    expect(first.hasMore).toBe(true);
    expect(first.entries.map(({ head }) => head.id)).toEqual(ids.slice(1, 5));
    expect(first.entries[0]?.head).toEqual(await store.head(ben, present(ids[1])));
    expect(first.entries[0]?.messages.map(({ seq }) => seq)).toEqual([5, 6]);
    const last = present(first.entries.at(-1)).head;
    const before = { lastMessageAt: present(last.lastMessage).createdAt, id: last.id };
    const second = await store.unread(ben, { limit: 4, messagesEach: 2, before });
    expect(second.entries.map(({ head }) => head.id)).toEqual(ids.slice(5, 7));
    expect(second).toMatchObject({ hasMore: false, total: { conversations: 6, messages: 21 } });
  });

  it("is empty for who has read everything", async () => {
    const { ann, ben, id } = await unreadConversation(2);
    expect(await store.unread(ann, { limit: 5, messagesEach: 5 })).toEqual({
      entries: [],
      hasMore: false,
      total: { conversations: 0, messages: 0 },
    });
    const marked = await store.markAllRead(ben);
    expect(marked).toMatchObject([
      { conversationId: id, outcome: { readSeq: 2, deliveredSeq: 2, unread: 0, moved: true } },
    ]);
    expect([...present(marked[0]).outcome.members].sort()).toEqual([ann, ben].sort());
    expect(await store.markAllRead(ben)).toEqual([]);
    expect((await store.heads(ben)).map(({ unread }) => unread)).toEqual([0]);
  });
});

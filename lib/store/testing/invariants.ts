import { expect } from "vitest";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, Head, Message } from "@/lib/contract/shapes";
import type { ConversationStore } from "@/lib/usecases/ports/conversation-store";
import { present } from "./stores";
import type { Done, World } from "./workload";

/** A conversation as its members can see it from outside. */
export interface Seen {
  id: ConversationId;
  messages: Message[];
  changes: Change[];
  heads: Map<UserId, Head>;
}

/** Through small pages, as a client would. */
export async function observe(store: ConversationStore, world: World, id: ConversationId): Promise<Seen> {
  const viewer = present(world.users[0]);
  const messages: Message[] = [];
  for (let hasMore = true; hasMore; ) {
    const first = messages[0];
    const before = first === undefined ? {} : { beforeSeq: first.seq };
    const page = present(await store.history(viewer, id, { limit: 7, ...before }));
    messages.unshift(...page.messages);
    hasMore = page.hasMore;
  }
  const changes: Change[] = [];
  for (let hasMore = true; hasMore; ) {
    const page = present(await store.changes(viewer, id, { afterRev: changes.length, limit: 7 }));
    changes.push(...page.changes);
    hasMore = page.hasMore;
  }
  const heads = new Map<UserId, Head>();
  for (const user of world.users) {
    const head = await store.head(user, id);
    if (head !== undefined) heads.set(user, head);
  }
  return { id, messages, changes, heads };
}

/** I4: both counters are exactly 1..head, each message was created once and carries its latest revision. */
export function checkDense({ messages, changes, heads }: Seen): void {
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  for (const { lastSeq, lastRev } of heads.values()) {
    expect(messages.map(({ seq }) => seq)).toEqual(upTo(lastSeq));
    expect(changes.map(({ rev }) => rev)).toEqual(upTo(lastRev));
  }
  const latest = new Map(
    changes.flatMap(({ message, rev }) => (message === undefined ? [] : [[message.seq, rev]])),
  );
  expect(messages.map(({ seq, rev }) => [seq, rev])).toEqual(
    messages.map(({ seq }) => [seq, latest.get(seq)]),
  );
  const created = changes.filter(({ type }) => type === "message.created").map(({ message }) => message?.seq);
  expect(created).toEqual(messages.map(({ seq }) => seq));
}

/** I8: what a head counts as unread is what counting gives. */
export function checkUnread({ messages, heads }: Seen): void {
  for (const [user, head] of heads) {
    const counts = (message: Message) =>
      message.seq > head.readSeq && message.sender.id !== user && message.deletedAt === undefined;
    expect(head.unread).toBe(messages.filter(counts).length);
    expect(head.lastMessage?.seq ?? 0).toBe(head.lastSeq);
  }
}

/** I1, I2, I3, I5 over everything that was sent. */
export function checkSends(done: readonly Done[], seen: readonly Seen[]): void {
  const sends = done.filter((one) => one.do === "send");
  const all = seen.flatMap(({ messages }) => messages);
  const key = ({ user, clientId }: (typeof sends)[number]) => `${user} ${clientId}`;
  const storedBy = new Map(
    sends.flatMap((send) =>
      send.outcome.kind === "stored" ? [[key(send), { ...send, ...send.outcome }]] : [],
    ),
  );
  expect(storedBy.size).toBe(sends.filter(({ outcome }) => outcome.kind === "stored").length);
  expect(all).toHaveLength(storedBy.size);
  for (const { message, user, body, conversation } of storedBy.values()) {
    expect(message).toMatchObject({ body, sender: { id: user }, version: 1 });
    const inHistory = all.filter(({ id }) => id === message.id);
    expect(inHistory).toMatchObject([
      { conversationId: conversation, seq: message.seq, sender: { id: user } },
    ]);
  }
  for (const send of sends) {
    const first = storedBy.get(key(send));
    const same = first !== undefined && first.body === send.body && first.conversation === send.conversation;
    if (send.outcome.kind === "duplicate")
      expect([same, send.outcome.message.id]).toEqual([true, first?.message.id]);
    if (send.outcome.kind === "conflict") expect([same, first !== undefined]).toEqual([false, true]);
  }
  const inOrder = [...storedBy.values()];
  for (const one of inOrder) {
    for (const other of inOrder) {
      if (one.conversation !== other.conversation || one.ended >= other.began) continue;
      expect(one.message.seq).toBeLessThan(other.message.seq);
    }
  }
}

/** I10: deletions stay, and each accepted edit or deletion is one version. */
export function checkVersions(done: readonly Done[], { id, messages }: Seen): void {
  const changed = done.flatMap((one) =>
    (one.do === "edit" || one.do === "delete") && one.conversation === id && one.message !== undefined
      ? [one.message]
      : [],
  );
  for (const message of messages) {
    const own = changed.filter(({ seq }) => seq === message.seq);
    expect(message.version).toBe(1 + own.length);
    expect(new Set(own.map(({ version }) => version)).size).toBe(own.length);
    const last = own.find(({ version }) => version === message.version);
    if (last !== undefined) expect(message).toMatchObject({ body: last.body, rev: last.rev });
    const wasDeleted = own.some(({ deletedAt }) => deletedAt !== undefined);
    expect(message.deletedAt !== undefined).toBe(wasDeleted);
    if (wasDeleted) expect(message.body).toBe("");
  }
}

/** I9: nobody's cursor is behind what was acknowledged to them, unless they left and came back. */
export function checkCursors(done: readonly Done[], { id, heads }: Seen): void {
  for (const [user, head] of heads) {
    const own = done.filter((one) => one.user === user && one.conversation === id);
    if (own.some((one) => one.do === "leave")) continue;
    for (const one of own) {
      if (one.do !== "read" && one.do !== "deliver") continue;
      expect(head.readSeq).toBeGreaterThanOrEqual(one.outcome?.readSeq ?? 0);
      expect(one.outcome?.deliveredSeq ?? 0).toBeGreaterThanOrEqual(one.outcome?.readSeq ?? 0);
      expect(head.lastSeq).toBeGreaterThanOrEqual(one.outcome?.deliveredSeq ?? 0);
    }
  }
}

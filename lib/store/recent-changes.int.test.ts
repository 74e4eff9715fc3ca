import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecentChanges } from "@/lib/usecases/ports/recent-changes";
import { createRecentChanges } from "./recent-changes";
import { newGroup, newMessage, openTwoNodes, stored } from "./testing/stores";

const MINUTE = 60_000;
let rig: Awaited<ReturnType<typeof openTwoNodes>>;
let recent: RecentChanges;

beforeAll(async () => {
  rig = await openTwoNodes();
  recent = createRecentChanges(rig.nodes[0].connections.pool);
});
afterAll(() => rig.close());

const revOf = async (id: string) =>
  (await recent.within(MINUTE)).conversations.find((conversation) => conversation.id === id)?.rev;

it("names what is new, what got messages and what was changed, with the revision as it is now", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await rig.store.openDirect(ann, ben);
  expect(await revOf(id)).toBe(0);
  await rig.store.send(newMessage(id, ann));
  const { message } = stored(await rig.store.send(newMessage(id, ben)));
  expect(await revOf(id)).toBe(2);
  await rig.store.change(id, async (unit) => unit.editMessage(message.seq, "edited"));
  expect(await revOf(id)).toBe(3);
});

it("leaves out what is older", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await rig.store.openDirect(ann, ben);
  await rig.store.send(newMessage(id, ann));
  const age = (table: string, column: string, which: string) =>
    rig.nodes[0].connections.pool.query(
      `update ${table} set ${column} = now() - interval '2 minutes' where ${which}`,
      [id],
    );
  await age("conversations", "created_at", "id = $1");
  expect(await revOf(id)).toBe(1);
  await age("recent_sends", "at", "$1 = any(conversation_ids)");
  expect(await revOf(id)).toBeUndefined();
});

it("names whose cursors moved, with where they stand now", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await rig.store.openDirect(ann, ben);
  for (let seq = 1; seq <= 4; seq += 1) await rig.store.send(newMessage(id, ann));
  const cursors = async () =>
    (await recent.within(MINUTE)).cursors.filter(({ conversationId }) => conversationId === id);
  const ofBen = { conversationId: id, userId: ben, hasReceipts: true };
  expect(await cursors()).toEqual([]);
  await rig.store.moveCursors(ben, id, { deliveredSeq: 3 });
  expect(await cursors()).toEqual([{ ...ofBen, readSeq: 0, deliveredSeq: 3, hasRead: false }]);
  await rig.store.moveCursors(ben, id, { readSeq: 2 });
  expect(await cursors()).toEqual([{ ...ofBen, readSeq: 2, deliveredSeq: 3, hasRead: true }]);
  await rig.store.markUnread(ben, id, 2);
  expect(await cursors()).toEqual([{ ...ofBen, readSeq: 1, deliveredSeq: 3, hasRead: true }]);
  await rig.store.markAllRead(ben);
  expect(await cursors()).toEqual([{ ...ofBen, readSeq: 4, deliveredSeq: 4, hasRead: true }]);
});

it("forgets what was sent long ago", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await rig.store.openDirect(ann, ben);
  const { pool } = rig.nodes[0].connections;
  const noted = async () =>
    (await pool.query("select from recent_sends where $1 = any(conversation_ids)", [id])).rowCount;
  await rig.store.send(newMessage(id, ann));
  await recent.forgetOld();
  expect(await noted()).toBe(1);
  await pool.query("update recent_sends set at = now() - interval '10 minutes'");
  await recent.forgetOld();
  expect(await noted()).toBe(0);
});

it("notes no cursor that did not move, and forgets those of long ago", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await rig.store.openDirect(ann, ben);
  await rig.store.send(newMessage(id, ann));
  const { pool } = rig.nodes[0].connections;
  const noted = async () =>
    (await pool.query("select from cursor_moves where $1 = any(conversation_ids)", [id])).rowCount;
  await rig.store.moveCursors(ben, id, { readSeq: 0, deliveredSeq: 0 });
  await rig.store.markUnread(ben, id, 1);
  expect(await noted()).toBe(0);
  await rig.store.moveCursors(ben, id, { readSeq: 1 });
  await recent.forgetOld();
  expect(await noted()).toBe(1);
  await pool.query("update cursor_moves set at = now() - interval '10 minutes'");
  await recent.forgetOld();
  expect(await noted()).toBe(0);
});

it("names who was removed, with the revision, and whether they are in again", async () => {
  const [ann, ben] = await rig.people(2);
  const id = await newGroup(rig.store, ann, [ann, ben]);
  const removals = async () =>
    (await recent.removals(MINUTE)).filter(({ conversationId }) => conversationId === id);
  expect(await removals()).toEqual([]);
  await rig.store.change(id, async (unit) => unit.removeMember(ben));
  expect(await removals()).toEqual([{ conversationId: id, userId: ben, rev: 1, isMember: false }]);
  await rig.store.change(id, async (unit) => unit.addMember(ben, "member"));
  expect(await removals()).toEqual([{ conversationId: id, userId: ben, rev: 1, isMember: true }]);
});

it("gives the members of each conversation, and nothing for none", async () => {
  const [ann, ben, cat] = await rig.people(3);
  const [one, other] = [await rig.store.openDirect(ann, ben), await rig.store.openDirect(ann, cat)];
  const lists = new Map(
    (await recent.membersOf([one.id, other.id])).map(({ id, members }) => [id, members.sort()]),
  );
  expect(lists).toEqual(
    new Map([
      [one.id, [ann, ben].sort()],
      [other.id, [ann, cat].sort()],
    ]),
  );
  expect(await recent.membersOf([])).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecentChanges } from "@/lib/usecases/ports/recent-changes";
import { createRecentChanges } from "./recent-changes";
import { newMessage, openTwoNodes, stored } from "./testing/stores";

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
  const age = (table: string, column: string, key: string) =>
    rig.nodes[0].connections.pool.query(
      `update ${table} set ${column} = now() - interval '2 minutes' where ${key} = $1`,
      [id],
    );
  await age("conversations", "created_at", "id");
  expect(await revOf(id)).toBe(1);
  await age("messages", "created_at", "conversation_id");
  expect(await revOf(id)).toBeUndefined();
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

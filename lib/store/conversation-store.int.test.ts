import { afterAll, describe, expect, it } from "vitest";
import type { UserId } from "@/lib/contract/ids";
import {
  newClientId,
  newConversationId,
  newGroup,
  newMessage,
  newMessageId,
  openTwoNodes,
  present,
  stored,
} from "./testing/stores";

const rig = await openTwoNodes();
const { store } = rig;
afterAll(() => rig.close());

describe("sending", () => {
  it("numbers, returns what was stored, and whom to tell", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    const sent = newMessage(id, ann, { body: "你好 'quoted' \\ {\"x\":1},{} NULL \n\t$1" });
    const outcome = stored(await store.send(sent));
    expect(outcome.message).toMatchObject({ seq: 1, rev: 1, version: 1, sender: { id: ann } });
    expect(outcome.message).toMatchObject({ id: sent.id, clientId: sent.clientId, body: sent.body });
    expect([...outcome.members].sort()).toEqual([ann, ben].sort());
    expect(outcome.change).toEqual({
      conversationId: id,
      rev: 1,
      type: "message.created",
      message: outcome.message,
      at: outcome.message.createdAt,
    });
    const history = await store.history(ann, id, { limit: 10 });
    expect(history).toEqual({ messages: [outcome.message], hasMore: false });
  });

  it("keeps the client id from everybody but the sender", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    await store.send(newMessage(id, ann));
    const views = async (user: UserId) => [
      ...present(await store.history(user, id, { limit: 1 })).messages,
      ...present(await store.changes(user, id, { afterRev: 0, limit: 1 })).changes.map(
        ({ message }) => message,
      ),
      present(await store.head(user, id)).lastMessage,
    ];
    expect((await views(ann)).every((message) => message?.clientId !== undefined)).toBe(true);
    expect((await views(ben)).every((message) => message?.clientId === undefined)).toBe(true);
  });

  it("answers a repeat with the message as it is now, also after it was edited and deleted", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    const sent = newMessage(id, ann);
    const first = stored(await store.send(sent));
    const repeat = { ...sent, id: newMessageId() };
    expect(await store.send(repeat)).toEqual({ kind: "duplicate", message: first.message });
    await store.change(id, (unit) => unit.editMessage(1, "other words"));
    expect(await store.send(repeat)).toMatchObject({ kind: "duplicate", message: { body: "other words" } });
    await store.change(id, (unit) => unit.deleteMessage(1));
    expect(await store.send(repeat)).toMatchObject({ kind: "duplicate", message: { body: "", version: 3 } });
    expect(await store.send({ ...repeat, body: "other words" })).toEqual({ kind: "conflict" });
    const elsewhere = await store.openDirect(ann, ann);
    expect(await store.send({ ...repeat, conversationId: elsewhere.id })).toEqual({ kind: "conflict" });
  });

  it("refuses strangers, unknown conversations and replies to what is not there", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const { id } = await store.openDirect(ann, ben);
    expect(await store.send(newMessage(id, eve))).toEqual({ kind: "not_member" });
    expect(await store.send(newMessage(newConversationId(), ann))).toEqual({ kind: "not_member" });
    expect(await store.send(newMessage(id, ann, { replyTo: 1 }))).toEqual({ kind: "no_such_reply" });
    stored(await store.send(newMessage(id, ann)));
    expect(stored(await store.send(newMessage(id, ben, { replyTo: 1 }))).message.replyTo).toBe(1);
  });

  it("tells the members as they are when the message is stored", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const id = await newGroup(store, ann, [ben]);
    const members = async () => [...stored(await store.send(newMessage(id, ann))).members].sort();
    expect(await members()).toEqual([ann, ben].sort());
    await rig.nodes[1].store.change(id, (unit) => unit.addMember(eve, "member"));
    expect(await members()).toEqual([ann, ben, eve].sort());
    await rig.nodes[1].store.change(id, (unit) => unit.removeMember(ben));
    expect(await members()).toEqual([ann, eve].sort());
  });
});

describe("opening", () => {
  it("gives two people one conversation, from whichever side and however many ask at once", async () => {
    const [ann, ben] = await rig.people(2);
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        present(rig.nodes[n % 2]).store.openDirect(
          ...(n % 3 === 0 ? ([ann, ben] as const) : ([ben, ann] as const)),
        ),
      ),
    );
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(opened.filter(({ created }) => created)).toHaveLength(1);
    const head = present(await store.head(ben, present(opened[0]).id));
    expect(head).toMatchObject({ kind: "direct", memberCount: 2, lastSeq: 0, lastRev: 0, unread: 0 });
    expect(head.members.map(({ id }) => id).sort()).toEqual([ann, ben].sort());
    expect(head.lastMessage).toBeUndefined();
  });

  it("with oneself has one member", async () => {
    const [ann] = await rig.people(1);
    const { id } = await store.openDirect(ann, ann);
    expect(await store.openDirect(ann, ann)).toEqual({ id, created: false });
    expect(stored(await store.send(newMessage(id, ann))).members).toEqual([ann]);
    const head = present(await store.head(ann, id));
    expect(head).toMatchObject({ memberCount: 1, unread: 0, receipts: [], members: [{ id: ann }] });
  });

  it("makes one group of a repeated creation", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const group = {
      ...{ creator: ann, clientId: newClientId(), content: "Trip" },
      ...{ title: "Trip", members: [ben, ben, ann, eve] },
    };
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        present(rig.nodes[n % 2]).store.createGroup({ ...group, id: newConversationId() }),
      ),
    );
    const first = present(await store.createdGroup(group));
    if (first.kind === "conflict") throw new Error("It was not made.");
    const { id } = first;
    expect(made.filter((outcome) => outcome.kind === "created")).toEqual([{ kind: "created", id }]);
    expect(made.filter((outcome) => outcome.kind === "repeated")).toEqual(
      Array.from({ length: 9 }, () => ({ kind: "repeated", id })),
    );
    expect(await store.createdGroup({ ...group, content: "Journey" })).toEqual({ kind: "conflict" });
    const head = present(await store.head(eve, id));
    expect(head).toMatchObject({ kind: "group", title: "Trip", memberCount: 3 });
    const roles = Object.fromEntries(head.members.map(({ id, role }) => [id, role]));
    expect(roles).toEqual({ [ann]: "owner", [ben]: "member", [eve]: "member" });
  });
});

describe("reading", () => {
  it("shows nothing to somebody who is no member", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const { id } = await store.openDirect(ann, ben);
    await store.send(newMessage(id, ann));
    expect(await store.head(eve, id)).toBeUndefined();
    expect(await store.history(eve, id, { limit: 10 })).toBeUndefined();
    expect(await store.changes(eve, id, { afterRev: 0, limit: 10 })).toBeUndefined();
    expect(await store.moveCursors(eve, id, { readSeq: 1 })).toBeUndefined();
    expect(await store.markUnread(eve, id, 1)).toBeUndefined();
    expect(await store.heads(eve)).toEqual([]);
    expect(await store.headsOfMembers(id, [eve, ben])).toMatchObject([{ user: ben }]);
    expect(await store.change(newConversationId(), async () => "there")).toBeUndefined();
  });

  it("pages back through the history", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    expect(await store.history(ben, id, { limit: 3 })).toEqual({ messages: [], hasMore: false });
    await Promise.all(Array.from({ length: 7 }, () => store.send(newMessage(id, ann))));
    const page = async (beforeSeq?: number) => {
      const found = await store.history(ben, id, {
        limit: 3,
        ...(beforeSeq === undefined ? {} : { beforeSeq }),
      });
      return [present(found).messages.map(({ seq }) => seq), present(found).hasMore];
    };
    expect(await page()).toEqual([[5, 6, 7], true]);
    expect(await page(5)).toEqual([[2, 3, 4], true]);
    expect(await page(2)).toEqual([[1], false]);
    expect(await page(4)).toEqual([[1, 2, 3], false]);
    expect(await page(1)).toEqual([[], false]);
    expect(await page(1_000)).toEqual([[5, 6, 7], true]);
  });

  it("pages through the changes and says when somebody knows too much", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    await Promise.all(Array.from({ length: 4 }, () => store.send(newMessage(id, ann))));
    await store.change(id, (unit) => unit.editMessage(2, "edited"));
    const page = async (afterRev: number, limit = 3) => {
      const found = present(await store.changes(ben, id, { afterRev, limit }));
      return { ...found, changes: found.changes.map(({ rev, type, message }) => [rev, type, message?.rev]) };
    };
    expect(await page(0)).toEqual({
      changes: [
        [1, "message.created", 1],
        [2, "message.created", 5],
        [3, "message.created", 3],
      ],
      lastRev: 5,
      hasMore: true,
    });
    expect(await page(3)).toEqual({
      changes: [
        [4, "message.created", 4],
        [5, "message.edited", 5],
      ],
      lastRev: 5,
      hasMore: false,
    });
    expect(await page(5)).toEqual({ changes: [], lastRev: 5, hasMore: false });
    expect(await page(6)).toEqual({ changes: [], lastRev: 5, hasMore: false, reset: true });
  });

  it("names fifty members of a large group, the viewer among them, and counts all", async () => {
    const people = await rig.people(60);
    const [owner, ...others] = people;
    const id = await newGroup(store, owner, others);
    const late = present((await rig.people(1))[0]);
    await store.change(id, (unit) => unit.addMember(late, "member"));
    const head = present(await store.head(late, id));
    expect(head.memberCount).toBe(61);
    expect(head.members).toHaveLength(50);
    expect(head.members.at(-1)?.id).toBe(late);
    expect(head.receipts).toHaveLength(49);
    expect(new Set(head.members.map(({ id: member }) => member)).size).toBe(50);
    const first = present(await store.head(owner, id));
    expect(first.members).toHaveLength(50);
    expect(first.members.some(({ id: member }) => member === owner)).toBe(true);
  });

  it("lists conversations by their latest activity", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const one = await store.openDirect(ann, ben);
    const other = await store.openDirect(ann, eve);
    await store.send(newMessage(one.id, ann));
    expect((await store.heads(ann)).map(({ id }) => id)).toEqual([one.id, other.id]);
    await store.send(newMessage(other.id, eve));
    expect((await store.heads(ann)).map(({ id }) => id)).toEqual([other.id, one.id]);
    const [head] = await store.heads(ann);
    expect(head?.epoch).toBe(await store.epoch());
  });
});

describe("deleting", () => {
  it("leaves no trace of the body in the whole database, and the tombstone everywhere", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    await store.send(newMessage(id, ann, { body: "the secret word" }));
    await store.change(id, (unit) => unit.editMessage(1, "the secret phrase"));
    await store.change(id, (unit) => unit.setReaction(1, ben, "👍", true));
    const deleted = present(await store.change(id, (unit) => unit.deleteMessage(1)));
    expect(deleted.message).toMatchObject({ body: "", version: 3, reactions: [], rev: 4 });
    expect(deleted.message.deletedAt).toBeDefined();
    const { changes } = present(await store.changes(ben, id, { afterRev: 0, limit: 10 }));
    expect(changes.map(({ type }) => type)).toEqual([
      "message.created",
      "message.edited",
      "message.reacted",
      "message.deleted",
    ]);
    expect(changes.every(({ message }) => message?.body === "" && message.deletedAt !== undefined)).toBe(
      true,
    );
    const tables = await rig.nodes[0].connections.pool.query<{ name: string }>(
      "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
    );
    for (const { name } of tables.rows) {
      const { rows } = await rig.nodes[0].connections.pool.query(
        `select t::text from ${name} t where t::text like '%secret%'`,
      );
      expect({ name, rows }).toEqual({ name, rows: [] });
    }
  });
});

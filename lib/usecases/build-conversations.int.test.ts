import { afterAll, describe, expect, it } from "vitest";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import { newClientId, newConversationId } from "@/lib/store/testing/stores";
import type { Actor } from "./actor";
import { openDelivery, refusal } from "./testing/delivery";

const delivery = await openDelivery();
const { useCases } = delivery;
afterAll(() => delivery.close());

const say = (actor: Actor, conversationId: ConversationId, body = "hello") =>
  useCases.sendMessage(actor, { conversationId, clientId: newClientId(), body });

/** Ann and Ben in a direct conversation, Eve outside; nobody has anything left to hear. */
async function direct() {
  const [ann, ben, eve] = await delivery.actors(3);
  const { conversation } = await useCases.openConversation(ann, { username: ben.username });
  for (const one of [ann, ben]) delivery.hear(one);
  return { ann, ben, eve, id: conversation.id };
}

/** Ann owns a group with Ben; nobody has anything left to hear. */
async function group() {
  const [ann, ben, eve, ...others] = await delivery.actors(5);
  const { conversation } = await useCases.createConversation(ann, {
    clientId: newClientId(),
    title: "Trip",
    usernames: [ben.username],
  });
  for (const one of [ann, ben]) delivery.hear(one);
  return { ann, ben, eve, others, id: conversation.id };
}

describe("opening a conversation", () => {
  it("gives both the same one and tells both, once", async () => {
    const [ann, ben] = await delivery.actors(3);
    const { conversation } = await useCases.openConversation(ann, { username: ben.username });
    expect(delivery.hear(ben)).toMatchObject([
      { event: "head", head: { id: conversation.id, memberCount: 2 } },
    ]);
    expect(delivery.hear(ann)).toMatchObject([{ event: "head", head: { id: conversation.id } }]);
    const again = await useCases.openConversation(ben, { userId: ann.id });
    expect(again.conversation.id).toBe(conversation.id);
    expect([...delivery.hear(ann), ...delivery.hear(ben)]).toEqual([]);
  });

  it("is not found for somebody unknown or disabled, also when there is a conversation already", async () => {
    const { ann, ben } = await direct();
    expect(await refusal(useCases.openConversation(ann, { username: "nobody-here" }))).toBe("not_found");
    await delivery.people.setDisabled(ben.id, true);
    expect(await refusal(useCases.openConversation(ann, { userId: ben.id }))).toBe("not_found");
    expect((await useCases.sync(ann, {})).conversations).toHaveLength(1);
    expect(await refusal(useCases.sync(ben, {}))).toBe("unauthenticated");
  });

  it("with oneself is a place for notes", async () => {
    const [ann] = await delivery.actors(3);
    const { conversation } = await useCases.openConversation(ann, { userId: ann.id });
    expect(conversation).toMatchObject({ kind: "direct", memberCount: 1, members: [{ id: ann.id }] });
    expect((await say(ann, conversation.id)).message.seq).toBe(1);
    expect((await useCases.sync(ann, {})).conversations).toMatchObject([{ unread: 0, lastSeq: 1 }]);
  });
});

describe("somebody who is no member", () => {
  it("gets the same answer as for a conversation that does not exist, whatever they ask", async () => {
    const { ann, eve, id } = await direct();
    await say(ann, id);
    for (const conversationId of [id, newConversationId()]) {
      const asked = [
        say(eve, conversationId),
        useCases.history(eve, { conversationId, limit: 1 }),
        useCases.changes(eve, { conversationId, afterRev: 0, limit: 1 }),
        useCases.editMessage(eve, { conversationId, seq: 1, body: "x", version: 1 }),
        useCases.deleteMessage(eve, { conversationId, seq: 1 }),
        useCases.reactToMessage(eve, { conversationId, seq: 1, emoji: "👍", on: true }),
        useCases.setRead(eve, { conversationId, seq: 1 }),
        useCases.setRead(eve, { conversationId, seq: 1, unread: true }),
        useCases.setDelivered(eve, { conversationId, seq: 1 }),
        useCases.updateConversation(eve, { conversationId, title: "Mine" }),
        useCases.leaveConversation(eve, { conversationId }),
      ];
      expect(new Set(await Promise.all(asked.map(refusal)))).toEqual(new Set(["not_found"]));
    }
    expect(delivery.hear(eve)).toEqual([]);
  });
});

describe("a message", () => {
  it("reaches all members, and a repeat nobody", async () => {
    const { ann, ben, id } = await direct();
    const payload = { conversationId: id, clientId: newClientId(), body: "hello" };
    const first = await useCases.sendMessage(ann, payload);
    expect(first.duplicate).toBe(false);
    expect(delivery.hear(ben)).toMatchObject([
      { event: "change", change: { type: "message.created", rev: 1, message: { body: "hello" } } },
    ]);
    expect(delivery.hear(ann)).toHaveLength(1);
    expect(await useCases.sendMessage(ann, payload)).toEqual({ ...first, duplicate: true });
    expect([...delivery.hear(ann), ...delivery.hear(ben)]).toEqual([]);
    expect(await refusal(useCases.sendMessage(ann, { ...payload, body: "other" }))).toBe("conflict");
  });

  it("is edited by its sender alone, who saw its latest version", async () => {
    const { ann, ben, id } = await direct();
    await say(ann, id);
    const edit = (actor: Actor, body: string, version: number, seq = 1) =>
      useCases.editMessage(actor, { conversationId: id, seq, body, version });
    expect(await refusal(edit(ben, "mine", 1))).toBe("forbidden");
    expect(await refusal(edit(ann, "where", 1, 2))).toBe("not_found");
    expect((await edit(ann, "better", 1)).message).toMatchObject({ body: "better", version: 2, rev: 2 });
    delivery.hear(ben);
    // its acknowledgement was lost
    expect((await edit(ann, "better", 1)).message).toMatchObject({ version: 2, rev: 2 });
    expect(delivery.hear(ben)).toEqual([]);
    expect(await refusal(edit(ann, "stale", 1))).toBe("conflict");
    await useCases.deleteMessage(ann, { conversationId: id, seq: 1 });
    expect(await refusal(edit(ann, "back", 3))).toBe("conflict");
  });

  it("is deleted by its sender alone, once", async () => {
    const { ann, ben, id } = await direct();
    await say(ann, id);
    const remove = (actor: Actor) => useCases.deleteMessage(actor, { conversationId: id, seq: 1 });
    expect(await refusal(remove(ben))).toBe("forbidden");
    const { message } = await remove(ann);
    expect(message).toMatchObject({ body: "", version: 2 });
    delivery.hear(ben);
    expect((await remove(ann)).message).toEqual(message);
    expect(delivery.hear(ben)).toEqual([]);
  });

  it("takes reactions from every member, set and not toggled", async () => {
    const { ann, ben, id } = await direct();
    await say(ann, id);
    delivery.hear(ann);
    const react = (emoji: string, on = true) =>
      useCases.reactToMessage(ben, { conversationId: id, seq: 1, emoji, on });
    const { message } = await react("👍");
    expect(message.reactions).toEqual([{ emoji: "👍", userIds: [ben.id] }]);
    expect(message.clientId).toBeUndefined();
    expect((await react("👍")).message.rev).toBe(2);
    expect(delivery.hear(ann)).toHaveLength(1);
    expect((await react("👍", false)).message).toMatchObject({ reactions: [], rev: 3, version: 1 });
    for (const bad of ["\0", "\ud83d", " ", "a\nb"]) expect(await refusal(react(bad))).toBe("bad_request");
    for (let n = 0; n < 50; n++) await react(String.fromCodePoint(0x1f600 + n));
    expect(await refusal(react("one too many"))).toBe("bad_request");
    await useCases.deleteMessage(ann, { conversationId: id, seq: 1 });
    expect(await refusal(react("👍"))).toBe("conflict");
  });
});

describe("reading", () => {
  it("tells the own devices the head and the others a receipt, when something moved", async () => {
    const { ann, ben, id } = await direct();
    for (const body of ["one", "two", "three"]) await say(ann, id, body);
    for (const one of [ann, ben]) delivery.hear(one);
    const read = (seq: number) => useCases.setRead(ben, { conversationId: id, seq });
    expect(await read(2)).toEqual({ readSeq: 2, unread: 1 });
    expect(delivery.hear(ben)).toMatchObject([{ event: "head", head: { readSeq: 2, unread: 1 } }]);
    const receipt = { conversationId: id, userId: ben.id, readSeq: 2, deliveredSeq: 2 };
    expect(delivery.hear(ann)).toEqual([{ event: "receipt", receipt }]);
    expect(await read(1)).toEqual({ readSeq: 2, unread: 1 });
    expect([...delivery.hear(ann), ...delivery.hear(ben)]).toEqual([]);
    expect(await read(99)).toEqual({ readSeq: 3, unread: 0 });
    expect(await useCases.setRead(ben, { conversationId: id, seq: 2, unread: true })).toEqual({
      readSeq: 1,
      unread: 2,
    });
    expect(delivery.hear(ben).at(-1)).toMatchObject({ event: "head", head: { readSeq: 1, unread: 2 } });
  });

  it("is behind delivery, of which only the others hear", async () => {
    const { ann, ben, id } = await direct();
    await say(ann, id);
    for (const one of [ann, ben]) delivery.hear(one);
    expect(await useCases.setDelivered(ben, { conversationId: id, seq: 1 })).toEqual({});
    const receipt = { conversationId: id, userId: ben.id, readSeq: 0, deliveredSeq: 1 };
    expect(delivery.hear(ann)).toEqual([{ event: "receipt", receipt }]);
    await useCases.setDelivered(ben, { conversationId: id, seq: 1 });
    expect([...delivery.hear(ann), ...delivery.hear(ben)]).toEqual([]);
  });

  it("of everything at once is told like each by itself", async () => {
    const { ann, ben, id } = await direct();
    await say(ann, id);
    const other = (await useCases.openConversation(ben, { userId: ben.id })).conversation;
    await say(ben, other.id);
    for (const one of [ann, ben]) delivery.hear(one);
    expect((await useCases.inbox(ben, {})).total).toEqual({ conversations: 1, messages: 1 });
    expect(await useCases.markAllRead(ben)).toEqual({ conversations: 1 });
    expect(delivery.hear(ben)).toMatchObject([{ event: "head", head: { id, unread: 0 } }]);
    expect(delivery.hear(ann)).toMatchObject([{ event: "receipt", receipt: { userId: ben.id, readSeq: 1 } }]);
    expect(await useCases.markAllRead(ben)).toEqual({ conversations: 0 });
    expect((await useCases.inbox(ben, {})).entries).toEqual([]);
  });
});

describe("a group", () => {
  it("is told to all its members, once, and needs people who exist", async () => {
    const [ann, ben, eve] = await delivery.actors(3);
    const payload = { clientId: newClientId(), title: "Trip", usernames: [ben.username, eve.username] };
    expect(await refusal(useCases.createConversation(ann, { ...payload, usernames: ["nobody-here"] }))).toBe(
      "not_found",
    );
    const { conversation } = await useCases.createConversation(ann, payload);
    for (const one of [ann, ben, eve]) {
      expect(delivery.hear(one)).toMatchObject([
        { event: "head", head: { id: conversation.id, title: "Trip" } },
      ]);
    }
    expect((await useCases.createConversation(ann, payload)).conversation.id).toBe(conversation.id);
    expect(delivery.hear(ben)).toEqual([]);
  });

  it("tells who was there the changes, who is new the head, who is removed that it is gone, and then nothing", async () => {
    const { ann, ben, eve, id } = await group();
    const update = (payload: { title?: string; add?: string[]; remove?: string[] }) =>
      useCases.updateConversation(ann, { conversationId: id, ...payload });
    const { conversation } = await update({ add: [eve.username], title: "Journey" });
    expect(conversation).toMatchObject({ title: "Journey", memberCount: 3, lastRev: 2 });
    expect(delivery.hear(ben)).toMatchObject([
      { change: { type: "member.added", member: { id: eve.id }, conversation: { memberCount: 3 } } },
      { change: { type: "conversation.updated", conversation: { title: "Journey" } } },
    ]);
    expect(delivery.hear(eve)).toMatchObject([{ event: "head", head: { id, lastRev: 2, title: "Journey" } }]);
    await update({ remove: [ben.username] });
    expect(delivery.hear(ben)).toMatchObject([
      { event: "change", change: { type: "member.removed", member: { id: ben.id } } },
      { event: "gone", conversation: id },
    ]);
    expect(delivery.hear(eve)).toMatchObject([{ change: { type: "member.removed" } }]);
    await say(ann, id);
    expect(delivery.hear(ben)).toEqual([]);
    expect(await refusal(say(ben, id))).toBe("not_found");
    // a repeat changes nothing
    await update({ remove: [ben.username], add: [eve.username], title: "Journey" });
    expect((await useCases.changes(ann, { conversationId: id, afterRev: 0, limit: 10 })).lastRev).toBe(4);
  });

  it("is managed by owner and admins only, within their rights, all of it or nothing", async () => {
    const { ann, ben, eve, others, id } = await group();
    const [fay] = others;
    if (fay === undefined) throw new Error("people are missing");
    const update = (actor: Actor, payload: { title?: string; add?: string[]; remove?: string[] }) =>
      refusal(useCases.updateConversation(actor, { conversationId: id, ...payload }));
    expect(await update(ben, { title: "Mine" })).toBe("forbidden");
    await update(ann, { add: [eve.username] });
    await delivery.store.change(id, (unit) => unit.addMember(eve.id, "admin"));
    expect(await update(eve, { title: "Ours", remove: [ann.username] })).toBe("forbidden");
    expect(await update(eve, { add: ["nobody-here"] })).toBe("not_found");
    expect(await update(eve, { add: [fay.username], remove: [fay.username] })).toBe("bad_request");
    expect((await useCases.sync(ann, {})).conversations).toMatchObject([
      { title: "Trip", memberCount: 3, lastRev: 2 },
    ]);
    expect(await update(eve, { remove: [ben.username] })).toBeUndefined();
    expect(await update(ann, { remove: [ann.username] })).toBe("forbidden");
  });

  it("passes to the longest-standing when its owner leaves", async () => {
    const { ann, ben, eve, id } = await group();
    await useCases.updateConversation(ann, { conversationId: id, add: [eve.username] });
    for (const one of [ann, ben, eve]) delivery.hear(one);
    await useCases.leaveConversation(ann, { conversationId: id });
    expect(delivery.hear(eve)).toMatchObject([
      {
        change: {
          type: "member.added",
          member: { id: ben.id, role: "owner" },
          conversation: { memberCount: 3 },
        },
      },
      { change: { type: "member.removed", member: { id: ann.id }, conversation: { memberCount: 2 } } },
    ]);
    expect(delivery.hear(ann).at(-1)).toEqual({ event: "gone", conversation: id });
    expect(await refusal(useCases.leaveConversation(ann, { conversationId: id }))).toBe("not_found");
    const roleOf = async (user: UserId) =>
      (await delivery.store.head(eve.id, id))?.members.find((member) => member.id === user)?.role;
    expect(await roleOf(ben.id)).toBe("owner");
    await useCases.leaveConversation(eve, { conversationId: id });
    await useCases.leaveConversation(ben, { conversationId: id });
    expect((await useCases.sync(ben, {})).conversations).toEqual([]);
  });

  it("is the only kind that can be changed or left", async () => {
    const { ann, id } = await direct();
    expect(await refusal(useCases.updateConversation(ann, { conversationId: id, title: "Us" }))).toBe(
      "forbidden",
    );
    expect(await refusal(useCases.leaveConversation(ann, { conversationId: id }))).toBe("forbidden");
  });
});

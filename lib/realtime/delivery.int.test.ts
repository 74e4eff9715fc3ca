import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { connect, type TestClient } from "./testing/test-client";
import { startTestNode, type TestNode } from "./testing/test-node";
import type { TestUser } from "./testing/test-user";

let node: TestNode;
let ada: TestUser;
let bob: TestUser;
let eve: TestUser;
/** Two tabs of Ada, one of Bob, and one of Eve, who is not in their conversation. */
let tab: TestClient;
let otherTab: TestClient;
let bobs: TestClient;
let eves: TestClient;
/** Of Ada and Bob. */
let conversationId: string;

const conversationAnswer = z.object({ conversation: z.object({ id: z.guid() }) });
const messageAnswer = z.object({ message: z.object({ seq: z.number(), version: z.number() }) });
const open = async (client: TestClient, username: string) =>
  conversationAnswer.parse(await client.ask("conversation:open", { username })).conversation.id;

async function send(client: TestClient, body: string, to = conversationId) {
  const clientId = randomUUID();
  const answer = await client.ask("message:send", { conversationId: to, clientId, body });
  return { ...messageAnswer.parse(answer).message, clientId };
}

const typesHeard = (client: TestClient) =>
  client.heardOf("change").map((change) => z.object({ type: z.string() }).parse(change).type);

beforeEach(async () => {
  node = await startTestNode();
  [ada, bob, eve] = [
    await node.createUser("ada"),
    await node.createUser("bob"),
    await node.createUser("eve"),
  ];
  [tab, otherTab] = [await connect(node, ada), await connect(node, ada)];
  [bobs, eves] = [await connect(node, bob), await connect(node, eve)];
  conversationId = await open(tab, "bob");
  await expect.poll(() => bobs.heardOf("head").length).toBe(1);
});
afterEach(async () => {
  expect(node.counters).toMatchObject({ unexpectedErrors: 0, fanOutFailures: 0 });
  await node.stop();
});

describe("a direct conversation", () => {
  it("is the same from both sides, and told to every device of both", async () => {
    expect(await open(bobs, "ada")).toBe(conversationId);
    for (const client of [tab, otherTab, bobs]) {
      expect(client.heardOf("head")).toMatchObject([{ id: conversationId, memberCount: 2 }]);
    }
    expect(await tab.ask("sync", {})).toMatchObject({
      ok: true,
      me: { id: ada.account.id, username: "ada", name: "ada the tester", role: "user" },
      conversations: [{ id: conversationId }],
    });
  });

  it("carries a message to every device, with its client id to the sender's own alone", async () => {
    const { clientId } = await send(tab, "hello");
    for (const client of [tab, otherTab]) {
      await expect
        .poll(() => client.heardOf("change"))
        .toMatchObject([
          { conversationId, rev: 1, type: "message.created", message: { seq: 1, body: "hello", clientId } },
        ]);
    }
    await expect.poll(() => bobs.heardOf("change")).toMatchObject([{ message: { body: "hello" } }]);
    expect(JSON.stringify(bobs.heard)).not.toContain(clientId);
    expect(JSON.stringify(await bobs.ask("conversation:history", { conversationId }))).not.toContain(
      clientId,
    );
  });

  it("gives the first answer to a repeat, and tells nobody twice", async () => {
    const clientId = randomUUID();
    const message = { conversationId, clientId, body: "once" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => tab.ask("message:send", message)));
    expect(answers.filter((answer) => answer.ok && answer.duplicate === false)).toHaveLength(1);
    expect(await tab.ask("message:send", { ...message, body: "twice" })).toMatchObject({
      error: { code: "conflict" },
    });
    await send(tab, "after");
    await expect.poll(() => bobs.heardOf("change")).toMatchObject([{ rev: 1 }, { rev: 2 }]);
  });

  it("tells every device of edits, deletion and reactions, each with the whole state", async () => {
    const { seq, version } = await send(tab, "first");
    const at = { conversationId, seq };
    expect(await tab.ask("message:edit", { ...at, body: "second", version })).toMatchObject({ ok: true });
    expect(await tab.ask("message:edit", { ...at, body: "third", version })).toMatchObject({
      error: { code: "conflict" },
    });
    expect(await bobs.ask("message:edit", { ...at, body: "mine", version: 2 })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await bobs.ask("message:react", { ...at, emoji: "👍", on: true })).toMatchObject({ ok: true });
    expect(await tab.ask("message:delete", at)).toMatchObject({ message: { body: "", version: 3 } });
    for (const client of [tab, otherTab, bobs]) {
      await expect
        .poll(() => client.heardOf("change"))
        .toMatchObject([
          { rev: 1, type: "message.created", message: { body: "first" } },
          { rev: 2, type: "message.edited", message: { body: "second", version: 2 } },
          {
            rev: 3,
            type: "message.reacted",
            message: { reactions: [{ emoji: "👍", userIds: [bob.account.id] }] },
          },
          { rev: 4, type: "message.deleted", message: { body: "", deletedAt: expect.any(String) } },
        ]);
    }
    expect(await bobs.ask("conversation:changes", { conversationId, afterRev: 0 })).toMatchObject({
      lastRev: 4,
      hasMore: false,
    });
  });

  it("keeps the tabs of a reader in step, and shows the sender how far they came", async () => {
    const bobsPhone = await connect(node, bob);
    await send(tab, "one");
    const { seq } = await send(tab, "two");
    expect(await bobs.ask("delivered", { conversationId, seq })).toEqual({ ok: true });
    expect(await bobs.ask("read:set", { conversationId, seq })).toMatchObject({ readSeq: 2, unread: 0 });
    await expect
      .poll(() => bobsPhone.heardOf("head").at(-1))
      .toMatchObject({ id: conversationId, readSeq: 2, unread: 0 });
    const receipt = { conversationId, userId: bob.account.id };
    for (const client of [tab, otherTab]) {
      await expect
        .poll(() => client.heardOf("receipt"))
        .toEqual([
          { ...receipt, deliveredSeq: 2, readSeq: 0 },
          { ...receipt, deliveredSeq: 2, readSeq: 2 },
        ]);
    }
    expect(await bobsPhone.ask("read:set", { conversationId, seq: 2, unread: true })).toMatchObject({
      readSeq: 1,
      unread: 1,
    });
    await expect.poll(() => bobs.heardOf("head").at(-1)).toMatchObject({ unread: 1 });
  });

  it("tells the other's devices who types, and not one's own", async () => {
    expect(await tab.ask("typing", { conversationId, on: true })).toEqual({ ok: true });
    tab.socket.emit("typing", { conversationId, on: false });
    const typing = { conversationId, userId: ada.account.id };
    await expect
      .poll(() => bobs.heardOf("typing"))
      .toEqual([
        { ...typing, on: true },
        { ...typing, on: false },
      ]);
    expect(otherTab.heardOf("typing")).toEqual([]);
  });

  it("reaches a client over long polling as well", async () => {
    const polling = await connect(node, bob, { auth: { token: bob.token }, transports: ["polling"] });
    await send(tab, "the long way");
    await expect.poll(() => polling.heardOf("change")).toMatchObject([{ message: { body: "the long way" } }]);
    await send(polling, "and back");
    await expect.poll(() => typesHeard(tab)).toHaveLength(2);
  });
});

describe("a conversation with oneself", () => {
  it("concerns nobody else: no list of recipients stands for everybody", async () => {
    const notes = await open(tab, "ada");
    await tab.ask("typing", { conversationId: notes, on: true });
    const { seq } = await send(tab, "note to self", notes);
    await tab.ask("read:set", { conversationId: notes, seq });
    await expect.poll(() => otherTab.heardOf("change")).toMatchObject([{ conversationId: notes }]);
    expect(JSON.stringify([bobs.heard, eves.heard])).not.toContain(notes);
  });
});

describe("a group", () => {
  it("tells who is removed, and then nothing more of it", async () => {
    const answer = await tab.ask("conversation:create", {
      clientId: randomUUID(),
      title: "Three",
      usernames: ["bob", "eve"],
    });
    const group = conversationAnswer.parse(answer).conversation.id;
    await expect
      .poll(() => eves.heardOf("head"))
      .toMatchObject([{ id: group, title: "Three", memberCount: 3 }]);
    await send(tab, "for three", group);
    const hers = await send(eves, "of somebody who leaves", group);
    await expect.poll(() => typesHeard(eves)).toEqual(["message.created", "message.created"]);
    const removal = { conversationId: group, remove: ["eve"], title: "Two" };
    expect(await tab.ask("conversation:update", removal)).toMatchObject({ conversation: { memberCount: 2 } });
    await expect.poll(() => eves.heardOf("gone")).toEqual([{ conversationId: group }]);
    const known = eves.heard.length;

    const { seq, version } = await send(tab, "for two", group);
    await tab.ask("message:edit", { conversationId: group, seq, body: "for both", version });
    for (const at of [seq, hers.seq]) {
      await bobs.ask("message:react", { conversationId: group, seq: at, emoji: "👍", on: true });
    }
    await bobs.ask("read:set", { conversationId: group, seq });
    await bobs.ask("typing", { conversationId: group, on: true });
    await tab.ask("message:delete", { conversationId: group, seq });
    await tab.ask("conversation:update", { conversationId: group, title: "Two again" });
    await expect.poll(() => typesHeard(bobs).at(-1)).toBe("conversation.updated");
    // Her own request comes after whatever might have been sent to her.
    expect(await eves.ask("sync", {})).toMatchObject({ ok: true, conversations: [] });
    expect(eves.heard.slice(known)).toEqual([]);
    expect(JSON.stringify(eves.heard)).not.toContain("Two again");

    await bobs.ask("conversation:leave", { conversationId: group });
    await expect.poll(() => bobs.heardOf("gone")).toEqual([{ conversationId: group }]);
  });
});

describe("somebody else's conversation", () => {
  const body = "of Ada and Bob alone";

  it("answers every event exactly like one that does not exist, and shows nothing", async () => {
    const { seq, clientId } = await send(tab, body);
    const known = tab.heard.length;
    const events: [string, Record<string, unknown>][] = [
      ["conversation:update", { title: "mine" }],
      ["conversation:update", { add: ["eve"] }],
      ["conversation:update", { remove: ["bob"] }],
      ["conversation:leave", {}],
      ["conversation:history", {}],
      ["conversation:history", { beforeSeq: 2, limit: 100 }],
      ["conversation:changes", { afterRev: 0 }],
      ["conversation:changes", { afterRev: 10_000 }],
      ["message:send", { clientId: randomUUID(), body }],
      ["message:send", { clientId, body }],
      ["message:send", { clientId: randomUUID(), body, replyTo: seq }],
      ["message:edit", { seq, body: "mine", version: 1 }],
      ["message:edit", { seq: 999, body: "mine", version: 1 }],
      ["message:delete", { seq }],
      ["message:delete", { seq: 999 }],
      ["message:react", { seq, emoji: "👍", on: true }],
      ["read:set", { seq }],
      ["read:set", { seq, unread: true }],
      ["delivered", { seq }],
      ["typing", { on: true }],
    ];
    for (const [event, payload] of events) {
      const others = await eves.ask(event, { ...payload, conversationId });
      const none = await eves.ask(event, { ...payload, conversationId: randomUUID() });
      expect(others, event).toEqual(none);
      expect(others, event).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
    expect(await eves.ask("sync", {})).toMatchObject({ conversations: [] });
    expect(eves.heard).toEqual([]);
    expect(JSON.stringify(await tab.ask("conversation:history", { conversationId }))).toContain(body);
    expect(tab.heard.length).toBe(known);
  });

  it("is not shown by an id of its messages or people either", async () => {
    await send(tab, body);
    expect(await eves.ask("conversation:open", { userId: conversationId })).toEqual(
      await eves.ask("conversation:open", { userId: randomUUID() }),
    );
    expect(await eves.ask("presence:watch", { userIds: [conversationId] })).toMatchObject({
      presence: [{ userId: conversationId, state: "unknown" }],
    });
  });
});

describe("signing out", () => {
  it("closes the sockets of that session at once, and of no other", async () => {
    const cookie = { extraHeaders: { cookie: ada.cookie, origin: node.url }, auth: {} };
    const signedIn = await connect(node, ada, cookie);
    await node.useCases.accounts.signOut(ada.session);
    await expect.poll(() => signedIn.socket.connected).toBe(false);
    expect(signedIn.heardOf("session:end")).toEqual([{ reason: "signed_out" }]);
    await expect(connect(node, ada, cookie)).rejects.toThrow("Sign in first.");
    expect(tab.socket.connected).toBe(true);
  });
});

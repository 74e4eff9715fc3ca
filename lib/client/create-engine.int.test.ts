import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newClientId } from "./new-id";
import { createTabs, headOf, look, newPair, newPerson, online, say, showing } from "./testing/test-pair";
import { startTestServer, type TestServer } from "./testing/test-server";
import { newBrowser, until } from "./testing/test-tab";

let server: TestServer;
const tabs = createTabs(() => server);
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.drop());
afterEach(tabs.closeAll);

/** Two people who look at their conversation, each in a tab. */
async function looking() {
  const pair = await newPair(server);
  const [left, right] = [tabs.open(pair.one), tabs.open(pair.other)];
  await online(left, right);
  await Promise.all([look(left, pair.id), look(right, pair.id)]);
  return { ...pair, left, right };
}

describe("messages", () => {
  it("are drawn at once, arrive, are edited and deleted", async () => {
    const { left, right, id } = await looking();
    left.send(id, "hello");
    await showing(right, id, ["hello"]);
    right.send(id, "hi");
    await showing(left, id, ["hello", "hi"]);
    await until("nothing is pending", () => left.timeline(id).get().pending.length === 0);

    const [hello] = left.timeline(id).get().messages;
    if (hello === undefined) throw new Error("no message");
    expect(await left.edit(hello, "hello!")).toMatchObject({ ok: true });
    await showing(right, id, ["hello!", "hi"]);
    expect(await left.edit(hello, "late")).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(await left.remove(hello)).toMatchObject({ ok: true });
    await showing(right, id, ["", "hi"]);
    expect(headOf(right, id)).toMatchObject({ unread: 0, lastSeq: 2, lastMessage: { body: "hi" } });
  });

  it("are sent in the order in which they were typed, each once", async () => {
    const { left, right, id } = await looking();
    const bodies = Array.from({ length: 30 }, (_, n) => `message ${n}`);
    for (const body of bodies) left.send(id, body);
    await showing(right, id, bodies);
    await showing(left, id, bodies);
  });

  it("that the server refuses stay as failed, until they are discarded", async () => {
    const { left, right, id } = await looking();
    left.send(id, "x".repeat(8_001));
    const pending = () => left.timeline(id).get().pending;
    await until("it failed", () => pending()[0]?.state === "failed");
    expect(pending()[0]?.error?.code).toBe("too_large");
    left.send(id, "goes on");
    await showing(right, id, ["goes on"]);
    const [failed] = pending();
    const states: (string | undefined)[] = [];
    left.timeline(id).subscribe(() => states.push(pending()[0]?.state));
    if (failed !== undefined) left.retry(failed.clientId);
    await until("it is tried and fails again", () => states.join() === "pending,failed");
    if (failed !== undefined) left.discard(failed.clientId);
    await showing(left, id, ["goes on"]);
  });
});

describe("conversations", () => {
  it("appear for both when one is opened, and are the same from both sides", async () => {
    const [one, other] = [await newPerson(server), await newPerson(server)];
    const [left, right] = [tabs.open(one), tabs.open(other)];
    await online(left, right);
    const opened = await left.openConversation({ username: other.username });
    const again = await right.openConversation({ userId: one.id });
    expect(opened).toMatchObject({ ok: true });
    expect(again).toEqual(opened);
    await until("both list it", () =>
      [left, right].every((tab) => tab.conversations.get().heads.length === 1),
    );
    expect(await left.openConversation({ username: "nobody-at-all" })).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
  });

  it("are listed with the latest activity first, and counted", async () => {
    const first = await newPair(server);
    const third = await newPerson(server);
    const second = await server.conversations.openConversation(first.one.actor, { userId: third.id });
    const tab = tabs.open(first.one);
    await online(tab);
    const order = () => tab.conversations.get().heads.map((head) => head.id);
    await say(server, third, second.conversation.id, "a");
    await until("the second is on top", () => order()[0] === second.conversation.id);
    await say(server, first.other, first.id, "b");
    await until("the first is on top", () => order()[0] === first.id);
    expect(tab.conversations.get()).toMatchObject({ status: "ready", unread: 2 });
    await server.conversations.markAllRead(first.one.actor);
    await until("all is read", () => tab.conversations.get().unread === 0);
  });

  it("say so when there is none, or it is not the user's any more", async () => {
    const [one, other] = [await newPerson(server), await newPerson(server)];
    const { conversation } = await server.conversations.createConversation(one.actor, {
      clientId: newClientId(),
      title: "Group",
      usernames: [other.username],
    });
    const tab = tabs.open(other);
    await look(tab, conversation.id);
    await server.conversations.updateConversation(one.actor, {
      conversationId: conversation.id,
      remove: [other.username],
    });
    await until("it is gone", () => tab.timeline(conversation.id).get().status === "not_found");
    expect(headOf(tab, conversation.id)).toBeUndefined();
    expect(tab.timeline(conversation.id).get().messages).toEqual([]);
    await server.conversations.updateConversation(one.actor, {
      conversationId: conversation.id,
      add: [other.username],
    });
    await until("it is back", () => tab.timeline(conversation.id).get().status === "ready");

    const stranger = await newPair(server);
    await until("it is nobody's", () => tab.timeline(stranger.id).get().status === "not_found");
  });
});

describe("reading", () => {
  it("shows in all tabs and devices of the reader at once, and to the sender as ticks", async () => {
    const { one, other, id } = await newPair(server);
    const sender = tabs.open(one);
    const [laptop, phone] = [tabs.open(other, newBrowser()), tabs.open(other, newBrowser())];
    await online(sender, laptop, phone);
    sender.send(id, "one");
    sender.send(id, "two");
    const receipt = () => headOf(sender, id)?.receipts[0];
    await until("it is delivered", () => receipt()?.deliveredSeq === 2);
    expect(receipt()?.readSeq).toBe(0);
    expect(headOf(phone, id)?.unread).toBe(2);

    laptop.markRead(id, 1);
    await until("one is left", () => headOf(phone, id)?.unread === 1 && headOf(laptop, id)?.unread === 1);
    laptop.markRead(id, 2);
    await until("it is shown at once", () => headOf(laptop, id)?.unread === 0);
    await until("nothing is left", () => headOf(phone, id)?.unread === 0);
    await until("it is read", () => receipt()?.readSeq === 2);

    expect(await phone.markUnread(id, 2)).toMatchObject({ ok: true });
    await until("all devices have it unread", () =>
      [phone, laptop].every((tab) => headOf(tab, id)?.unread === 1),
    );
    laptop.markRead(id, 2);
    await until("all have it read", () => [phone, laptop].every((tab) => headOf(tab, id)?.unread === 0));
  });
});

describe("people", () => {
  it("are found by name, and their coming and going is seen by whoever looks", async () => {
    const { one, other } = await newPair(server);
    const tab = tabs.open(one);
    await online(tab);
    const found = await tab.searchPeople(other.username);
    expect(found).toMatchObject({ ok: true, people: [{ id: other.id, username: other.username }] });

    const presence = tab.presence(other.id);
    const stop = presence.subscribe(() => undefined);
    await until("offline", () => presence.get()?.state === "offline");
    const visit = tabs.open(other);
    await until("online", () => presence.get()?.state === "online");
    visit.stop();
    await until("offline again", () => presence.get()?.state === "offline");
    stop();
    expect(tab.online.get()).toBeUndefined();
  });
});

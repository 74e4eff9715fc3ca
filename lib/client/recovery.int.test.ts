import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Engine } from "./engine";
import { createTabs, headOf, look, newPair, online, say, showing } from "./testing/test-pair";
import { startTestServer, type TestServer } from "./testing/test-server";
import { newBrowser, shown, until } from "./testing/test-tab";

let server: TestServer;
const tabs = createTabs(() => server);
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.drop());
afterEach(() => {
  server.loses = () => false;
  tabs.closeAll();
});

const states = (engine: Engine) => {
  const seen: string[] = [];
  engine.connection.subscribe(() => seen.push(engine.connection.get().state));
  return seen;
};

describe("what the bus loses", () => {
  it("in between is fetched when the next change shows the gap", async () => {
    const { one, other, id } = await newPair(server);
    const tab = tabs.open(one);
    await look(tab, id);
    await say(server, other, id, "a");
    server.loses = () => true;
    for (const body of ["b", "c", "d"]) await say(server, other, id, body);
    server.loses = () => false;
    await say(server, other, id, "e");
    await showing(tab, id, ["a", "b", "c", "d", "e"]);
    expect(headOf(tab, id)).toMatchObject({ unread: 5, lastSeq: 5, lastRev: 5 });
  });

  it("at the end is fetched when the server asks for it", async () => {
    const { one, other, id } = await newPair(server);
    const tab = tabs.open(one);
    await look(tab, id);
    const first = await say(server, other, id, "a");
    server.loses = () => true;
    await server.conversations.editMessage(other.actor, {
      conversationId: id,
      seq: 1,
      version: first.version,
      body: "A",
    });
    await say(server, other, id, "b");
    server.resync(100);
    await showing(tab, id, ["A", "b"]);
  });

  it("of one's own message does not keep it pending", async () => {
    const { one, id } = await newPair(server);
    const tab = tabs.open(one);
    await online(tab);
    await look(tab, id);
    server.loses = () => true;
    tab.send(id, "hello");
    await showing(tab, id, ["hello"]);
  });

  it("at random leaves no trace: everybody ends with what a fresh tab sees", async () => {
    const { one, other, id } = await newPair(server);
    const [left, right, listOnly] = [tabs.open(one), tabs.open(other), tabs.open(one)];
    await online(left, right, listOnly);
    await Promise.all([look(left, id), look(right, id)]);
    let dice = 1;
    server.loses = () => {
      dice = (dice * 16_807) % 2_147_483_647;
      return dice % 3 === 0;
    };
    for (let n = 0; n < 60; n += 1) {
      const by = n % 2 === 0 ? one : other;
      const message = await say(server, by, id, `message ${n}`);
      const at = { conversationId: id, seq: message.seq };
      if (n % 5 === 0)
        await server.conversations.editMessage(by.actor, { ...at, version: 1, body: `edited ${n}` });
      if (n % 7 === 0) await server.conversations.deleteMessage(by.actor, at);
      if (n % 9 === 0) await server.conversations.setRead(other.actor, { conversationId: id, seq: n });
    }
    server.loses = () => false;
    const last = await say(server, one, id, "the last");
    await until("all have it", () => [left, right].every((tab) => shown(tab, id).at(-1) === "the last"));
    await until("the list has it", () => headOf(listOnly, id)?.lastRev === last.rev);

    const [freshLeft, freshRight] = [tabs.open(one), tabs.open(other)];
    await Promise.all([look(freshLeft, id), look(freshRight, id)]);
    expect(left.timeline(id).get().messages.slice(-50)).toEqual(
      freshLeft.timeline(id).get().messages.slice(-50),
    );
    expect(right.timeline(id).get().messages.slice(-50)).toEqual(
      freshRight.timeline(id).get().messages.slice(-50),
    );
    // the cursors may still be on their way
    await until(
      "the same head",
      () => headOf(left, id)?.receipts[0]?.readSeq === headOf(freshLeft, id)?.receipts[0]?.readSeq,
    );
    const content = (tab: Engine) => ({ ...headOf(tab, id), receipts: [] });
    expect(content(left)).toEqual(content(freshLeft));
    expect(content(listOnly)).toEqual(content(freshLeft));
    expect(content(right)).toEqual(content(freshRight));
  });
});

describe("the connection", () => {
  it("comes back by itself after a restart, with everything that was missed", async () => {
    const { one, other, id } = await newPair(server);
    const tab = tabs.open(one);
    await look(tab, id);
    await server.stop();
    await until("the loss is seen", () => tab.connection.get().state === "offline");
    await server.start();
    for (let n = 0; n < 10; n += 1) await say(server, other, id, `missed ${n}`);
    await online(tab);
    await showing(
      tab,
      id,
      Array.from({ length: 10 }, (_, n) => `missed ${n}`),
    );
    expect(headOf(tab, id)?.unread).toBe(10);
    const receipt = async () =>
      (await server.conversations.sync(other.actor, {})).conversations[0]?.receipts[0];
    for (let tries = 0; (await receipt())?.deliveredSeq !== 10; tries += 1) expect(tries).toBeLessThan(200);
  });

  it("moves to another node on request, and nobody sees it", async () => {
    const { one, other, id } = await newPair(server);
    const tab = tabs.open(one);
    await look(tab, id);
    const seen = states(tab);
    const presence = tab.presence(other.id);
    presence.subscribe(() => undefined);
    await until("presence is known", () => presence.get() !== undefined);
    server.drain(50);
    tab.send(id, "on the way");
    await showing(tab, id, ["on the way"]);
    await say(server, other, id, "after it");
    await showing(tab, id, ["on the way", "after it"]);
    expect(seen).toEqual([]);
  });

  it("ends with the session, and nothing of the user stays behind", async () => {
    const { one, other, id } = await newPair(server);
    const browser = newBrowser();
    const tab = tabs.open(one, browser);
    await look(tab, id);
    await say(server, other, id, "secret");
    await showing(tab, id, ["secret"]);
    await vi.waitFor(async () => expect(await browser.storage.cachedStretch(id)).toBeDefined(), 5_000);
    server.endTokens(one, "signed_out");
    await until("it ended", () => tab.connection.get().state === "ended");
    expect(tab.connection.get().endReason).toBe("signed_out");
    await vi.waitFor(async () => expect(await browser.storage.cachedHeads()).toEqual([]));
    expect(await browser.storage.cachedStretch(id)).toBeUndefined();
    expect(await browser.storage.cacheOwner()).toBeUndefined();
  });

  it("ends at once for who is not signed in", async () => {
    const { one } = await newPair(server);
    const tab = tabs.open({ ...one, token: "nobody's" });
    await until("it ended", () => tab.connection.get().state === "ended");
    expect(tab.connection.get().endReason).toBe("expired");
  });

  it("ends when somebody else is signed in by now", async () => {
    const { one, other } = await newPair(server);
    const tab = tabs.open({ ...one, token: other.token });
    await until("it ended", () => tab.connection.get().state === "ended");
    expect(tab.conversations.get().heads).toEqual([]);
  });
});

describe("the cache", () => {
  it("shows the last visit at once, also without a server, and is renewed by the snapshot", async () => {
    const { one, other, id } = await newPair(server);
    const browser = newBrowser();
    const visit = tabs.open(one, browser);
    await look(visit, id);
    const early = await say(server, other, id, "early");
    await showing(visit, id, ["early"]);
    visit.stop();
    await server.stop();

    const offline = tabs.open(one, browser);
    await look(offline, id);
    await showing(offline, id, ["early"]);
    expect(offline.conversations.get()).toMatchObject({ status: "cached", unread: 1 });
    await server.start();
    await server.conversations.deleteMessage(other.actor, { conversationId: id, seq: early.seq });
    await say(server, other, id, "late");
    await showing(offline, id, ["", "late"]);
    expect(offline.conversations.get()).toMatchObject({ status: "ready", unread: 1 });
  });

  it("is void for somebody else", async () => {
    const { one, other, id } = await newPair(server);
    const browser = newBrowser();
    const visit = tabs.open(one, browser);
    await look(visit, id);
    await say(server, other, id, "for one");
    await showing(visit, id, ["for one"]);
    visit.stop();
    await vi.waitFor(async () => expect(await browser.storage.cachedStretch(id)).toBeDefined(), 5_000);
    const stranger = tabs.open(other, browser);
    await online(stranger);
    await vi.waitFor(async () => expect((await browser.storage.cacheOwner())?.user).toBe(other.id));
    expect(await browser.storage.cachedStretch(id)).toBeUndefined();
  });

  it("is void when the server's store was replaced by an older one, and so is what is on the screen", async () => {
    const { one, other, id } = await newPair(server);
    const browser = newBrowser();
    const tab = tabs.open(one, browser);
    await look(tab, id);
    await say(server, other, id, "a");
    await showing(tab, id, ["a"]);
    await server.changeEpoch();
    server.resync(0);
    const epoch = async () => (await server.conversations.sync(one.actor, {})).epoch;
    const now = await epoch();
    await until("the new state is shown", () => headOf(tab, id)?.epoch === now);
    await showing(tab, id, ["a"]);
    await say(server, other, id, "b");
    await showing(tab, id, ["a", "b"]);
    await vi.waitFor(async () => expect((await browser.storage.cacheOwner())?.epoch).toBe(now));
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTabs, look, newPair, online, showing } from "./testing/test-pair";
import { startTestServer, type TestServer } from "./testing/test-server";
import { newBrowser, until } from "./testing/test-tab";

let server: TestServer;
const tabs = createTabs(() => server);
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.drop());
afterEach(async () => {
  tabs.closeAll();
  await server.stop();
  await server.start();
});

const historyOf = async (
  id: Parameters<typeof server.conversations.history>[1]["conversationId"],
  pair: Pair,
) => {
  const { messages } = await server.conversations.history(pair.one.actor, { conversationId: id, limit: 100 });
  return messages.map(({ body }) => body);
};
type Pair = Awaited<ReturnType<typeof newPair>>;

describe("the outbox", () => {
  it("keeps what is typed while the server is away, over a reload, and sends it once and in order", async () => {
    const pair = await newPair(server);
    const { one, id } = pair;
    const browser = newBrowser();
    const before = tabs.open(one, browser);
    await online(before);
    await look(before, id);
    await server.stop();
    await until("the loss is seen", () => before.connection.get().state === "offline");
    const typed = Array.from({ length: 5 }, (_, n) => `typed ${n}`);
    for (const body of typed) before.send(id, body);
    await showing(
      before,
      id,
      typed.map((body) => `[pending: ${body}]`),
    );
    await until("it is written down", () => before.timeline(id).get().pending.length === 5);
    before.stop();

    const after = tabs.open(one, browser);
    await look(after, id);
    await showing(
      after,
      id,
      typed.map((body) => `[pending: ${body}]`),
    );
    await until("the server is not there", () => after.connection.get().offlineSince !== undefined);
    await server.start();
    await showing(after, id, typed);
    expect(await historyOf(id, pair)).toEqual(typed);
    expect(await browser.storage.outbox(one.id)).toEqual([]);
  });

  it("is shared by the tabs of a browser: all show it, all send it, it arrives once", async () => {
    const pair = await newPair(server);
    const { one, id } = pair;
    const browser = newBrowser();
    const [left, right] = [tabs.open(one, browser), tabs.open(one, browser)];
    await online(left, right);
    await Promise.all([look(left, id), look(right, id)]);
    left.send(id, "while online");
    await Promise.all([showing(left, id, ["while online"]), showing(right, id, ["while online"])]);

    await server.stop();
    await until("the loss is seen", () => left.connection.get().state === "offline");
    left.send(id, "from the left");
    await showing(right, id, ["while online", "[pending: from the left]"]);
    right.send(id, "from the right");
    await showing(left, id, ["while online", "[pending: from the left]", "[pending: from the right]"]);
    await server.start();
    const all = ["while online", "from the left", "from the right"];
    await Promise.all([showing(left, id, all), showing(right, id, all)]);
    expect(await historyOf(id, pair)).toEqual(all);
  });

  it("is sent by another tab when the one that wrote it is gone", async () => {
    const pair = await newPair(server);
    const { one, id } = pair;
    const browser = newBrowser();
    const [closing, staying] = [tabs.open(one, browser), tabs.open(one, browser)];
    await online(closing, staying);
    await look(staying, id);
    await server.stop();
    await until("the loss is seen", () => closing.connection.get().state === "offline");
    closing.send(id, "last words");
    await showing(staying, id, ["[pending: last words]"]);
    closing.stop();
    await server.start();
    await showing(staying, id, ["last words"]);
    expect(await historyOf(id, pair)).toEqual(["last words"]);
  });

  it("does not send twice what the server had when the answer was lost", async () => {
    const pair = await newPair(server);
    const { one, other, id } = pair;
    const browser = newBrowser();
    const tab = tabs.open(one, browser);
    await online(tab);
    await look(tab, id);
    // accepted, and then the tab is gone before it hears of it
    tab.send(id, "once");
    await until("it is written down", () => tab.timeline(id).get().pending.length === 1);
    const [entry] = await browser.storage.outbox(one.id);
    expect(entry).toMatchObject({ body: "once", state: "pending" });
    await until("it is sent", () => tab.timeline(id).get().messages.length === 1);
    tab.stop();
    if (entry !== undefined) await browser.storage.putInOutbox(entry);

    const again = tabs.open(one, browser);
    const reader = tabs.open(other);
    await Promise.all([look(again, id), look(reader, id)]);
    await showing(again, id, ["once"]);
    again.send(id, "twice");
    await Promise.all([showing(again, id, ["once", "twice"]), showing(reader, id, ["once", "twice"])]);
    expect(await historyOf(id, pair)).toEqual(["once", "twice"]);
    expect(await browser.storage.outbox(one.id)).toEqual([]);
  });
});

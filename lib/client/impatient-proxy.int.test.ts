import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Engine } from "./engine";
import { type Impatience, type ImpatientProxy, startImpatientProxy } from "./testing/impatient-proxy";
import { headOf, newPair, online, say } from "./testing/test-pair";
import { startTestServer, type TestServer, type TestUser } from "./testing/test-server";
import { isOnline, openTab, until } from "./testing/test-tab";

let server: TestServer;
let proxy: ImpatientProxy;
let tab: Engine | undefined;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.drop());
afterEach(async () => {
  tab?.stop();
  await proxy.close();
});

async function open(user: TestUser, afterMs: Impatience["afterMs"]): Promise<Engine> {
  proxy = await startImpatientProxy(server.url, { afterMs });
  tab = openTab(proxy, user);
  return tab;
}

/** The most that it may take where WebSockets are killed: a time that people bear, not one of this machine's. */
const SOON_MS = 3_000;

it.each([0, 50, 300])(
  "is online soon, and stays so, where WebSockets are closed %i ms after they opened",
  async (afterMs) => {
    const { one, other, id } = await newPair(server);
    const tab = await open(one, afterMs);
    let losses = 0;
    let wasOnline = false;
    tab.connection.subscribe(() => {
      if (wasOnline && !isOnline(tab)) losses += 1;
      wasOnline = isOnline(tab);
    });
    await until("it is online", () => isOnline(tab), SOON_MS);
    await until("it tried WebSockets twice", () => proxy.webSockets === 2, SOON_MS);
    await until("the last one was closed", () => proxy.openWebSockets === 0, SOON_MS);
    for (let said = 1; said <= 20; said += 1) {
      await say(server, other, id, `message ${said}`);
      await until("it is heard of", () => headOf(tab, id)?.lastSeq === said, SOON_MS);
    }
    expect(proxy.webSockets).toBe(2);
    expect(losses).toBeLessThanOrEqual(2);
  },
);

it("keeps its WebSocket where the line is cut now and then", async () => {
  const { one } = await newPair(server);
  const tab = await open(one, undefined);
  await online(tab);
  proxy.cut();
  await until("it noticed", () => !isOnline(tab));
  await online(tab);
  await until("it has a WebSocket again", () => proxy.webSockets === 2);
});

it("has its WebSocket back after a server that was away for several tries", async () => {
  const { one } = await newPair(server);
  const tab = await open(one, undefined);
  await online(tab);
  await server.stop();
  const before = proxy.connections;
  await until("it tried several times", () => proxy.connections >= before + 8);
  await server.start();
  await online(tab);
  await until("it has a WebSocket again", () => proxy.openWebSockets === 1);
});

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { clientId, conversationId } from "@/lib/contract/ids";
import { isHomingError } from "@/lib/domain/homing-error";
import { openRawSession } from "./testing/raw-socket";
import { type AnyAnswer, closed, connect, type TestClient } from "./testing/test-client";
import { startTestNode, type TestNode, type TestNodeOptions } from "./testing/test-node";

let node: TestNode;
afterEach(() => node.stop());

async function start(limits: NonNullable<TestNodeOptions["limits"]>) {
  node = await startTestNode({ limits });
  return node.createUser("eve");
}

const search = (client: TestClient, times: number) =>
  Promise.all(Array.from({ length: times }, () => client.ask("people:search", {})));
const send = (client: TestClient, times: number) =>
  Promise.all(
    Array.from({ length: times }, () =>
      client.ask("message:send", { conversationId: randomUUID(), clientId: randomUUID(), body: "hello" }),
    ),
  );
const codesOf = (answers: AnyAnswer[]) => answers.map((answer) => (answer.ok ? "ok" : answer.error.code));
const count = (answers: AnyAnswer[], code: string) => codesOf(answers).filter((one) => one === code).length;

describe("events of a socket", () => {
  it("beyond the burst are refused with the time to wait, and taken after it", async () => {
    const eve = await start({ eventsPerSecond: 4 });
    const client = await connect(node, eve);
    const answers = await search(client, 30);
    expect(count(answers, "ok")).toBeGreaterThanOrEqual(20);
    const refused = answers.find((answer) => !answer.ok);
    expect(refused).toMatchObject({
      error: { code: "rate_limited", retryAfterMs: expect.any(Number) },
    });
    await pause(refused?.ok === false ? (refused.error.retryAfterMs ?? 0) : 0);
    expect(codesOf(await search(client, 1))).toEqual(["ok"]);
  });

  it("count whatever they are called, and without an acknowledgement", async () => {
    const eve = await start({ eventsPerSecond: 1 });
    const client = await connect(node, eve);
    for (let sent = 0; sent < 5; sent += 1) client.socket.emit(sent % 2 === 0 ? "nope" : "people:search");
    expect(codesOf(await search(client, 1))).toEqual(["rate_limited"]);
  });

  it("are no other user's matter, and one's other sockets share the user's own burst", async () => {
    const eve = await start({ eventsPerSecond: 1 });
    const bob = await connect(node, await node.createUser("bob"));
    const sockets = await Promise.all([1, 2, 3, 4, 5, 6].map(() => connect(node, eve)));
    const answers = (await Promise.all(sockets.map((client) => search(client, 5)))).flat();
    expect(count(answers, "ok")).toBeGreaterThanOrEqual(20);
    expect(count(answers, "rate_limited")).toBeGreaterThanOrEqual(1);
    expect(codesOf(await search(bob, 1))).toEqual(["ok"]);
  });
});

describe("sends of a user", () => {
  it("are counted over all sockets, and connecting again gives no new burst", async () => {
    const eve = await start({ sendsPerSecond: 1, sendBurst: 10 });
    const sockets = [await connect(node, eve), await connect(node, eve)];
    const answers = (await Promise.all(sockets.map((client) => send(client, 8)))).flat();
    expect(count(answers, "rate_limited")).toBeGreaterThanOrEqual(4);
    expect(count(answers, "not_found")).toBeGreaterThanOrEqual(10);
    for (const client of sockets) client.socket.disconnect();
    const again = await connect(node, eve);
    expect(count(await send(again, 5), "rate_limited")).toBeGreaterThanOrEqual(3);
    expect(codesOf(await search(again, 3))).toEqual(["ok", "ok", "ok"]);
  });

  it("are one budget, whether they come by a socket or from a page", async () => {
    const eve = await start({ sendsPerSecond: 1, sendBurst: 10 });
    const client = await connect(node, eve);
    const actor = { ...eve.account, credential: { kind: "token", id: "a page's" } } as const;
    const fromPage = () => {
      const [id, repeat] = [conversationId.parse(randomUUID()), clientId.parse(randomUUID())];
      const sent = node.useCases.conversations.sendMessage(actor, {
        ...{ conversationId: id, clientId: repeat, body: "hello" },
      });
      return sent.then(
        () => undefined,
        (error: unknown) => (isHomingError(error) ? error.toBody() : undefined),
      );
    };
    expect(count(await send(client, 6), "not_found")).toBe(6);
    const answers = await Promise.all(Array.from({ length: 8 }, fromPage));
    const refused = answers.filter((body) => body?.code === "rate_limited");
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused[0]?.retryAfterMs).toBeGreaterThan(0);
    expect(count(await send(client, 3), "rate_limited")).toBeGreaterThanOrEqual(2);
  });

  it("are not counted when rate limits are off", async () => {
    const eve = await start({ rates: false, sendsPerSecond: 1, sendBurst: 1, eventsPerSecond: 1 });
    const client = await connect(node, eve);
    expect(new Set(codesOf(await send(client, 300)))).toEqual(new Set(["not_found"]));
  });
});

describe("floods", () => {
  it("close the connection, whatever they are made of", async () => {
    const eve = await start({ eventsPerSecond: 2 });
    const bystander = await connect(node, await node.createUser("bystander"));
    for (const packet of ['42["people:search",{}]', "3", '43999["x"]', "40/nowhere"]) {
      const raw = await openRawSession(node.port, eve.token);
      for (let sent = 0; sent < 300; sent += 1) raw.text(packet);
      await raw.closed();
    }
    expect(node.counters.floodsClosed).toBe(4);
    expect(bystander.socket.connected).toBe(true);
    expect(codesOf(await search(bystander, 1))).toEqual(["ok"]);
  });
});

describe("a client that stops reading", () => {
  it("is closed before its backlog takes the memory; the others have everything", async () => {
    const eve = await start({});
    const reader = await connect(node, await node.createUser("bob"));
    const raw = await openRawSession(node.port, eve.token);
    raw.read(false);
    const reason = "x".repeat(60_000);
    for (let sent = 1; sent <= 400; sent += 1) {
      node.fanOut.resync(reason, 1_000);
      // Whoever reads is never far behind.
      if (sent % 10 === 0) {
        await expect.poll(() => reader.heardOf("resync").length, { timeout: 10_000, interval: 2 }).toBe(sent);
      }
    }
    expect(node.counters.slowConsumersClosed).toBe(1);
    expect(node.gateway.sockets()).toBe(1);
    expect(reader.socket.connected).toBe(true);
    raw.end();
  });
});

describe("closing", () => {
  it("lets nobody in, closes every socket and notes who was last seen when", async () => {
    const eve = await start({});
    const clients = await Promise.all([1, 2, 3].map(() => connect(node, eve)));
    await node.gateway.close(2_000);
    await Promise.all(clients.map((client) => closed(client)));
    expect(node.gateway.sockets()).toBe(0);
    await expect(connect(node, eve)).rejects.toThrow();
    expect((await node.people.byId(eve.account.id))?.lastSeenAt).toBeInstanceOf(Date);
  });
});

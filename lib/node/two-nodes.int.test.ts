import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ClusterRefusedError } from "@/lib/cluster/cluster";
import { startRedis } from "@/lib/cluster/testing/redis";
import { closed, connect, type TestClient } from "@/lib/realtime/testing/test-client";
import { newUser, openWith, prepareNodes, type Routing } from "./testing/two-nodes";

const { undo, startNode, startTwo } = prepareNodes();

const send = (client: TestClient, conversation: string, body: string) =>
  client.ask("message:send", { conversationId: conversation, clientId: randomUUID(), body });
const bodiesOf = (client: TestClient) =>
  z
    .array(z.object({ message: z.object({ body: z.string() }).optional() }))
    .parse(client.heardOf("change"))
    .map(({ message }) => message?.body);
const within = { timeout: 10_000 };

describe.each<Routing>(["directed", "broadcast"])("two nodes with ROUTING=%s", (routing) => {
  it("carry messages, cursors and presence to the people on the other one", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [adaHere, adaThere, bobThere] = [
      await connect(a, ada),
      await connect(b, ada),
      await connect(b, bob),
    ];
    const conversation = await openWith(adaHere, bob);
    for (const body of ["one", "two", "three"]) {
      expect(await send(adaHere, conversation, body)).toMatchObject({ ok: true });
    }
    for (const client of [adaHere, adaThere, bobThere]) {
      await vi.waitFor(() => expect(bodiesOf(client)).toEqual(["one", "two", "three"]), within);
    }
    await bobThere.ask("read:set", { conversationId: conversation, seq: 3 });
    await vi.waitFor(() => expect(adaHere.heardOf("receipt").at(-1)).toMatchObject({ readSeq: 3 }), within);
    await adaHere.ask("presence:watch", { userIds: [bob.account.id] });
    bobThere.socket.disconnect();
    await vi.waitFor(
      () =>
        expect(adaHere.heardOf("presence").at(-1)).toMatchObject({
          userId: bob.account.id,
          state: "offline",
        }),
      within,
    );
  });

  it("show somebody as away who is idle on both, to watchers on both, and as online with the first sign of them", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [watchesHere, watchesThere] = [await connect(a, ada), await connect(b, ada)];
    const [bobHere, bobThere] = [await connect(a, bob), await connect(b, bob)];
    const watchers = [watchesHere, watchesThere];
    for (const watcher of watchers) await watcher.ask("presence:watch", { userIds: [bob.account.id] });
    const heard = (client: TestClient) => client.heardOf("presence").at(-1);
    const bobIs = (state: string) => ({ userId: bob.account.id, state });

    await bobHere.ask("presence:set", { idle: true });
    await bobThere.ask("presence:set", { idle: true });
    for (const watcher of watchers) {
      await vi.waitFor(() => expect(heard(watcher)).toEqual(bobIs("away")), within);
      expect(await watcher.ask("presence:watch", { userIds: [bob.account.id] })).toMatchObject({
        presence: [bobIs("away")],
      });
    }
    await bobThere.ask("presence:set", { idle: false });
    for (const watcher of watchers) {
      await vi.waitFor(() => expect(heard(watcher)).toEqual(bobIs("online")), within);
    }
    bobThere.socket.disconnect();
    for (const watcher of watchers) {
      await vi.waitFor(() => expect(heard(watcher)).toEqual(bobIs("away")), within);
    }
    bobHere.socket.disconnect();
    for (const watcher of watchers) {
      await vi.waitFor(() => expect(heard(watcher)).toMatchObject(bobIs("offline")), within);
    }
  });

  it("end a session's sockets wherever they are", async () => {
    const [a, b] = await startTwo(routing);
    const ada = await newUser(a);
    const [here, there] = [await connect(a, ada), await connect(b, ada)];
    a.services.fanOut.endCredentials([ada.tokenId], "revoked");
    await Promise.all([closed(here), closed(there)]);
    expect(there.heardOf("session:end")).toEqual([{ reason: "revoked" }]);
  });

  it("refuse a third with the other routing", async () => {
    const prefix = randomUUID();
    await startNode(routing, prefix);
    const other = routing === "directed" ? "broadcast" : "directed";
    const refused = startNode(other, prefix);
    await expect(refused).rejects.toBeInstanceOf(ClusterRefusedError);
    await expect(refused).rejects.toThrow(`running nodes have ROUTING=${routing}`);
  });

  it("acknowledge and deliver at home while Redis is away, from the start on, and join when it is back", async () => {
    const own = await startRedis();
    undo(() => own.remove());
    await own.kill();
    const prefix = randomUUID();
    const [a, b] = [await startNode(routing, prefix, own.url), await startNode(routing, prefix, own.url)];
    const [ada, bob, eve] = [await newUser(a), await newUser(a), await newUser(a)];
    const [adaHere, bobHere, eveThere] = [
      await connect(a, ada),
      await connect(a, bob),
      await connect(b, eve),
    ];
    const conversation = await openWith(adaHere, bob);
    expect(await send(adaHere, conversation, "Redis is away")).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(bodiesOf(bobHere)).toEqual(["Redis is away"]), within);
    const withEve = await openWith(adaHere, eve);
    expect(await send(adaHere, withEve, "found by the other node itself")).toMatchObject({ ok: true });
    await vi.waitFor(
      () => expect(eveThere.heardOf("head").at(-1)).toMatchObject({ id: withEve, lastSeq: 1 }),
      within,
    );
    await own.start();
    await vi.waitFor(async () => expect((await a.joined.cluster.nodes()).size).toBe(2), within);
    await vi.waitFor(async () => expect((await b.joined.cluster.nodes()).size).toBe(2), within);
    await vi.waitFor(
      async () => {
        expect(await send(adaHere, withEve, "Redis is back")).toMatchObject({ ok: true });
        expect(bodiesOf(eveThere)).toContain("Redis is back");
      },
      { timeout: 10_000, interval: 500 },
    );
  });

  it("reach each other within 10 s while Redis is full, and at once when it is not any more", async () => {
    const own = await startRedis();
    undo(() => own.remove());
    const prefix = randomUUID();
    const [a, b] = [await startNode(routing, prefix, own.url), await startNode(routing, prefix, own.url)];
    await vi.waitFor(async () => expect((await a.joined.cluster.nodes()).size).toBe(2), within);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    const conversation = await openWith(here, bob);
    await own.cli("config", "set", "maxmemory", "1");
    expect(await send(here, conversation, "Redis is full")).toMatchObject({ ok: true });
    await vi.waitFor(
      () => expect(there.heardOf("head").at(-1)).toMatchObject({ id: conversation, lastSeq: 1 }),
      within,
    );
    expect(a.joined.cluster.stats()?.publishFailures).toBeGreaterThan(0);
    await own.cli("config", "set", "maxmemory", "0");
    await vi.waitFor(
      async () => {
        expect(await send(here, conversation, "there is room again")).toMatchObject({ ok: true });
        expect(bodiesOf(there)).toContain("there is room again");
      },
      { timeout: 10_000, interval: 500 },
    );
  });

  it("say farewell: clients are told to move, and the others see who left", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    await there.ask("presence:watch", { userIds: [ada.account.id] });
    await a.shutdown();
    await closed(here);
    expect(here.heardOf("drain")).toHaveLength(1);
    await vi.waitFor(
      () =>
        expect(there.heardOf("presence").at(-1)).toMatchObject({ userId: ada.account.id, state: "offline" }),
      within,
    );
    await vi.waitFor(async () => expect((await b.joined.cluster.nodes()).size).toBe(1), within);
  });
});

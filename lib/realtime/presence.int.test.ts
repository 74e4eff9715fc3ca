import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { connect, refusalOf, type TestClient } from "./testing/test-client";
import { startTestNode, type TestNode } from "./testing/test-node";
import type { TestUser } from "./testing/test-user";

let node: TestNode;
let ada: TestUser;
let bob: TestUser;

beforeEach(async () => {
  node = await startTestNode();
  [ada, bob] = await Promise.all([node.createUser("ada"), node.createUser("bob")]);
});
afterEach(() => node.stop());

const presenceAnswer = z.object({
  presence: z.array(
    z.object({ userId: z.string(), state: z.string(), lastSeenAt: z.iso.datetime().optional() }),
  ),
});
const watch = async (client: TestClient, ...users: string[]) =>
  presenceAnswer.parse(await client.ask("presence:watch", { userIds: users })).presence;
const statesOf = (client: TestClient) =>
  presenceAnswer.parse({ presence: client.heardOf("presence") }).presence.map(({ state }) => state);

describe("presence:watch", () => {
  it("says who is online, offline and unknown, each once", async () => {
    const client = await connect(node, ada);
    const stranger = randomUUID();
    const { id } = ada.account;
    expect(await watch(client, id, bob.account.id, id, stranger)).toEqual([
      { userId: id, state: "online" },
      { userId: bob.account.id, state: "offline" },
      { userId: stranger, state: "unknown" },
    ]);
  });

  it("goes on live: online with the first tab, offline with the last, and since when", async () => {
    const client = await connect(node, ada);
    await watch(client, bob.account.id);
    const before = Date.now();
    const tabs = [await connect(node, bob), await connect(node, bob)];
    await expect.poll(() => statesOf(client)).toEqual(["online"]);
    tabs[0]?.socket.disconnect();
    tabs[1]?.socket.disconnect();
    await expect.poll(() => statesOf(client)).toEqual(["online", "offline"]);
    const [presence] = await watch(client, bob.account.id);
    expect(presence).toMatchObject({ state: "offline", lastSeenAt: expect.any(String) });
    expect(Date.parse(presence?.lastSeenAt ?? "")).toBeGreaterThanOrEqual(before - 1_000);
    expect(client.heardOf("presence").at(-1)).toEqual(presence);
  });

  it("hides a reload, and a tab that closes while another lives", async () => {
    const client = await connect(node, ada);
    await watch(client, bob.account.id);
    const [first, second] = [await connect(node, bob), await connect(node, bob)];
    first.socket.disconnect();
    second.socket.disconnect();
    const third = await connect(node, bob);
    // Whoever goes now goes after whatever could have been told of the reload.
    const eve = await node.createUser("eve");
    await watch(client, bob.account.id, eve.account.id);
    const other = await connect(node, eve);
    other.socket.disconnect();
    await expect
      .poll(() => client.heardOf("presence"))
      .toContainEqual(expect.objectContaining({ userId: eve.account.id, state: "offline" }));
    const ofBob = client
      .heardOf("presence")
      .filter((presence) => JSON.stringify(presence).includes(bob.account.id));
    expect(ofBob).toEqual([{ userId: bob.account.id, state: "online" }]);
    third.socket.disconnect();
  });

  it("is replaced by the next one, and told to nobody else", async () => {
    const [client, other] = [await connect(node, ada), await connect(node, ada)];
    const eve = await node.createUser("eve");
    await watch(client, bob.account.id);
    await watch(client, eve.account.id);
    const bobs = await connect(node, bob);
    const eves = await connect(node, eve);
    await expect
      .poll(() => client.heardOf("presence"))
      .toEqual([{ userId: eve.account.id, state: "online" }]);
    expect(other.heardOf("presence")).toEqual([]);
    expect(bobs.heardOf("presence")).toEqual([]);
    await watch(client);
    eves.socket.disconnect();
    await expect.poll(async () => (await watch(other, eve.account.id))[0]?.state).toBe("offline");
    expect(statesOf(client)).toEqual(["online"]);
  });
});

describe("presence:set", () => {
  it("shows a user as away while nobody is at any of their connections, and online again at once", async () => {
    const client = await connect(node, ada);
    await watch(client, bob.account.id);
    const [first, second] = [await connect(node, bob), await connect(node, bob)];
    expect(await first.ask("presence:set", { idle: true })).toEqual({ ok: true });
    expect(await second.ask("presence:set", { idle: true })).toEqual({ ok: true });
    await expect.poll(() => statesOf(client), { timeout: 10_000 }).toEqual(["online", "away"]);
    expect(await watch(client, bob.account.id)).toEqual([{ userId: bob.account.id, state: "away" }]);
    await second.ask("presence:set", { idle: false });
    await expect.poll(() => statesOf(client)).toEqual(["online", "away", "online"]);
  });

  it("never shows somebody as away who has a connection that does not send it", async () => {
    const client = await connect(node, ada);
    const eve = await node.createUser("eve");
    await watch(client, bob.account.id, eve.account.id);
    const page = await connect(node, bob, { auth: { token: bob.token, idle: true } });
    await connect(node, bob);
    await page.ask("presence:set", { idle: true });
    const other = await connect(node, eve);
    await other.ask("presence:set", { idle: true });
    await expect
      .poll(() => client.heardOf("presence"), { timeout: 10_000 })
      .toContainEqual({ userId: eve.account.id, state: "away" });
    const [presence] = await watch(client, bob.account.id);
    expect(presence?.state).toBe("online");
  });

  it("is said by the handshake too, so that whoever comes back while nobody is there shows up as away", async () => {
    const client = await connect(node, ada);
    await watch(client, bob.account.id);
    await connect(node, bob, { auth: { token: bob.token, idle: true } });
    await expect.poll(() => statesOf(client)).toEqual(["away"]);
  });

  it("changes nothing when it makes no sense, in the event or in the handshake", async () => {
    const client = await connect(node, ada);
    await watch(client, bob.account.id);
    const page = await connect(node, bob);
    for (const payload of [
      {},
      { idle: "true" },
      { idle: 1 },
      { idle: null },
      [],
      null,
      "idle",
      { away: true },
    ]) {
      expect(await page.ask("presence:set", payload)).toMatchObject({
        ok: false,
        error: { code: "bad_request" },
      });
    }
    for (const idle of ["true", 1, null, {}]) {
      expect(await refusalOf(node, { auth: { token: bob.token, idle } })).toMatchObject({
        code: "bad_request",
      });
    }
    expect(await page.ask("presence:set", { idle: false })).toEqual({ ok: true });
    expect(await watch(client, bob.account.id)).toEqual([{ userId: bob.account.id, state: "online" }]);
    expect(statesOf(client)).toEqual(["online"]);
  });

  it("cannot be used to have others told again and again", async () => {
    const client = await connect(node, ada);
    await watch(client, bob.account.id);
    const page = await connect(node, bob);
    for (let round = 0; round < 200; round += 1) {
      page.socket.emit("presence:set", { idle: true });
      await page.ask("presence:set", { idle: false });
    }
    expect(statesOf(client).length).toBeLessThan(10);
    expect(await watch(client, bob.account.id)).toEqual([{ userId: bob.account.id, state: "online" }]);
  });
});

describe("people:search", () => {
  it("finds everybody but oneself, by pages", async () => {
    const client = await connect(node, ada);
    await node.createUser("bertha");
    const page = await client.ask("people:search", { query: "b", limit: 1 });
    expect(page).toMatchObject({ ok: true, people: [{ username: "bertha" }], hasMore: true });
    expect(await client.ask("people:search", { query: "b", after: "bertha" })).toMatchObject({
      people: [{ id: bob.account.id, username: "bob", name: "bob the tester" }],
      hasMore: false,
    });
    expect(await client.ask("people:search", { query: "ada" })).toMatchObject({ people: [] });
  });
});

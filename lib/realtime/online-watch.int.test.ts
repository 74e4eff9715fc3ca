import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { connect } from "./testing/test-client";
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

describe("online:watch", () => {
  const online = z.object({
    online: z.array(
      z.object({
        username: z.string(),
        nodes: z.array(z.string()),
        devices: z.number(),
        sockets: z.number(),
        since: z.iso.datetime(),
      }),
    ),
  });
  const namesIn = (payload: unknown) => online.parse(payload).online.map(({ username }) => username);

  it("is forbidden to users, on and off", async () => {
    const client = await connect(node, bob);
    for (const on of [true, false]) {
      expect(await client.ask("online:watch", { on })).toMatchObject({ error: { code: "forbidden" } });
    }
    await connect(node, ada);
    expect(client.heardOf("online")).toEqual([]);
  });

  it("shows an administrator who is there, with devices, sockets, node and since when", async () => {
    const root = await node.createUser("root", "admin");
    const client = await connect(node, root);
    const device = randomUUID();
    await connect(node, ada, { auth: { token: ada.token, device } });
    await connect(node, ada, { auth: { token: ada.token, device } });
    await connect(node, ada, { auth: { token: ada.token, device: randomUUID() } });
    const answer = online.parse(await client.ask("online:watch", { on: true }));
    expect(answer.online).toMatchObject([
      { username: "ada", nodes: ["node-1"], devices: 2, sockets: 3 },
      { username: "root", nodes: ["node-1"], devices: 1, sockets: 1 },
    ]);
  });

  it("shows which connections are idle, live, and that somebody is away when all are", async () => {
    const root = await node.createUser("root", "admin");
    const client = await connect(node, root);
    await client.ask("online:watch", { on: true });
    const [page] = [
      await connect(node, ada),
      await connect(node, ada, { auth: { token: ada.token, idle: true } }),
    ];
    const adas = () =>
      z
        .object({ online: z.array(z.looseObject({ username: z.string() })) })
        .parse(client.heardOf("online").at(-1))
        .online.find(({ username }) => username === "ada");
    const within = { timeout: 5_000 };
    await expect.poll(() => adas()?.connections, within).toMatchObject([{}, { idle: true }]);
    expect(adas()).not.toHaveProperty("away");
    await page.ask("presence:set", { idle: true });
    await expect
      .poll(adas, within)
      .toMatchObject({ away: true, connections: [{ idle: true }, { idle: true }] });
  });

  it("goes on live until it is switched off, and gathers what happens together", async () => {
    const root = await node.createUser("root", "admin");
    const client = await connect(node, root);
    await client.ask("online:watch", { on: true });
    await Promise.all(Array.from({ length: 20 }, () => connect(node, ada)));
    const bobs = await connect(node, bob);
    await expect
      .poll(() => namesIn(client.heardOf("online").at(-1)), { timeout: 5_000 })
      .toEqual(["ada", "bob", "root"]);
    expect(client.heardOf("online").length).toBeLessThan(5);
    expect(namesIn(await client.ask("online:watch", { on: false }))).toEqual(["ada", "bob", "root"]);
    const heard = client.heardOf("online").length;
    const second = await connect(node, root);
    await second.ask("online:watch", { on: true });
    bobs.socket.disconnect();
    await expect
      .poll(() => namesIn(second.heardOf("online").at(-1)), { timeout: 5_000 })
      .toEqual(["ada", "root"]);
    expect(client.heardOf("online")).toHaveLength(heard);
  });

  it("ends for who is no administrator any more", async () => {
    const [root, other] = [await node.createUser("root", "admin"), await node.createUser("other", "admin")];
    const [client, second] = [await connect(node, root), await connect(node, other)];
    await client.ask("online:watch", { on: true });
    await second.ask("online:watch", { on: true });
    await node.people.setRole(root.account.id, "user");
    const heard = client.heardOf("online").length;
    await connect(node, bob);
    await expect.poll(() => namesIn(second.heardOf("online").at(-1)), { timeout: 5_000 }).toContain("bob");
    expect(client.heardOf("online").slice(heard).flatMap(namesIn)).not.toContain("bob");
    expect(await client.ask("online:watch", { on: true })).toMatchObject({ error: { code: "forbidden" } });
  });
});

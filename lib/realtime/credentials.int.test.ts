import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closed, connect } from "./testing/test-client";
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

describe("sessions of open connections", () => {
  it("are in use, and go on without a request over HTTP; those of nobody here do not", async () => {
    const [carol, dave] = [await node.createUser("carol"), await node.createUser("dave")];
    const daysLeft = async (user: TestUser) => {
      const [session] = await node.people.sessions(user.account.id);
      return ((session?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    };
    const headers = { extraHeaders: { cookie: carol.cookie, origin: node.url }, auth: {} };
    const client = await connect(node, carol, headers);
    await expect.poll(() => daysLeft(carol)).toBeGreaterThan(2.9);
    expect(await daysLeft(dave)).toBeLessThan(1.1);
    expect(client.socket.connected).toBe(true);
    client.socket.disconnect();
  });
});

describe("sessions that end while connected", () => {
  it("are told why and closed, by the sweep alone, and no others with them", async () => {
    const headers = { extraHeaders: { cookie: ada.cookie, origin: node.url }, auth: {} };
    const [session, token] = [await connect(node, ada, headers), await connect(node, ada)];
    const others = await connect(node, bob);
    await node.people.revokeSession(ada.account.id, ada.session);
    await closed(session);
    expect(session.heardOf("session:end")).toEqual([{ reason: "revoked" }]);
    expect(token.socket.connected).toBe(true);
    await node.people.setDisabled(ada.account.id, true);
    await closed(token);
    expect(token.heardOf("session:end")).toEqual([{ reason: "disabled" }]);
    expect(others.socket.connected).toBe(true);
    expect(others.heard).toEqual([]);
  });

  it("are closed at once by who ends them", async () => {
    const [one, two] = [await connect(node, ada), await connect(node, ada)];
    const polling = await connect(node, ada, { auth: { token: ada.token }, transports: ["polling"] });
    node.fanOut.endCredentials([ada.tokenId], "password_changed");
    for (const client of [one, two, polling]) {
      await closed(client);
      expect(client.heardOf("session:end")).toEqual([{ reason: "password_changed" }]);
    }
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type UserId, userId } from "@/lib/contract/ids";
import type { Connection, PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import { connectFor } from "../testing/connect";
import { createMember } from "../testing/node";
import { describePresenceRegistry, SUITE_GRACE_MS } from "../testing/presence-suite";
import { type RedisProcess, startRedis } from "../testing/redis";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";
import { createLeasedPresence } from "./leased-presence";
import type { Membership } from "./membership";

const undo = undoAfterEach();
let server: RedisProcess;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.remove());

interface Node {
  readonly membership: Membership;
  readonly registry: PresenceRegistry;
  readonly changes: [UserId, boolean][];
  /** As if it were killed: it beats no more and says nothing. */
  die(): void;
}

async function startNode(prefix: string, name = "node-1"): Promise<Node> {
  const redis = connectFor({ kind: "single", url: server.url }, { prefix, commandTimeoutMs: 500 });
  const membership = createMember(redis);
  const registry = createLeasedPresence({
    ...{ redis, membership, node: name, graceMs: SUITE_GRACE_MS },
    newEpoch: randomUUID,
    onError: () => undefined,
  });
  const changes: [UserId, boolean][] = [];
  registry.onChange((user, online) => changes.push([user, online]));
  await membership.start();
  undo(() => redis.close());
  undo(async () => void (await Promise.allSettled([membership.stop()])));
  return { membership, registry, changes, die: () => redis.close() };
}

async function startTwo(): Promise<[Node, Node]> {
  const prefix = randomUUID();
  const nodes: [Node, Node] = [await startNode(prefix, "node-1"), await startNode(prefix, "node-2")];
  await waitUntil("both are settled", () =>
    nodes.every(({ membership }) => membership.isSettled && membership.live.size === 2),
  );
  return nodes;
}

const newUser = () => userId.parse(randomUUID());
function connect(node: Node, user: UserId): Connection {
  const connection = { socketId: randomUUID(), userId: user, device: undefined, since: new Date() };
  node.registry.connected(connection);
  return connection;
}
const sees = async (node: Node, user: UserId) => {
  const { users, isWhole } = await node.registry.online([user]);
  if (users.has(user)) return "online";
  return isWhole ? "offline" : "unknown";
};

describePresenceRegistry("presence by leases", async () => {
  const { registry, membership } = await startNode(randomUUID());
  await waitUntil("it is settled", () => membership.isSettled);
  return registry;
});

describe("presence on two nodes", () => {
  it("is told by one of them, with the first and the last connection wherever they are", async () => {
    const [a, b] = await startTwo();
    const ada = newUser();
    const first = connect(a, ada);
    await waitUntil("both see her", async () => (await sees(b, ada)) === "online");
    const second = connect(b, ada);
    await waitUntil("both list her", async () => (await a.registry.connections()).length === 2);
    a.registry.disconnected(first.socketId);
    await waitUntil("one is gone", async () => (await b.registry.connections()).length === 1);
    expect(await sees(a, ada)).toBe("online");
    b.registry.disconnected(second.socketId);
    await waitUntil("she is gone", async () => (await sees(a, ada)) === "offline");
    expect([...a.changes, ...b.changes]).toEqual([
      [ada, true],
      [ada, false],
    ]);
  });

  it("takes the users of a node that died offline, and nobody with another tab", async () => {
    const [a, b] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    connect(a, ada);
    connect(a, bob);
    connect(b, bob);
    await waitUntil("both are seen", async () => (await sees(b, ada)) === "online");
    a.die();
    await waitUntil("ada is told offline", () => b.changes.some(([user, online]) => user === ada && !online));
    expect(await sees(b, ada)).toBe("offline");
    expect(await sees(b, bob)).toBe("online");
    expect(b.changes).not.toContainEqual([bob, false]);
    expect(await b.registry.connections()).toMatchObject([{ userId: bob, node: "node-2" }]);
  });

  it("is right again after Redis lost everything, and nobody is told offline", async () => {
    const [a, b] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    connect(a, ada);
    connect(b, bob);
    await waitUntil("both are seen", async () => (await sees(b, ada)) === "online");
    await server.cli("flushall");
    expect(await sees(b, ada)).not.toBe("offline");
    await waitUntil(
      "all is back",
      async () => (await sees(b, ada)) === "online" && (await sees(a, bob)) === "online",
    );
    await waitUntil("the list too", async () => (await a.registry.connections()).length === 2);
    const offline = [...a.changes, ...b.changes].filter(([, isOnline]) => !isOnline);
    expect(offline).toEqual([]);
  });

  it("knows its own users and says unknown of the others while Redis does not answer", async () => {
    const [a, b] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    connect(a, ada);
    connect(b, bob);
    await waitUntil("both are seen", async () => (await sees(a, bob)) === "online");
    server.pause();
    try {
      expect(await sees(a, ada)).toBe("online");
      expect(await sees(a, bob)).toBe("unknown");
    } finally {
      server.resume();
    }
    await waitUntil("it is known again", async () => (await sees(a, bob)) === "online");
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type UserId, userId } from "@/lib/contract/ids";
import type { Standing } from "@/lib/domain/standing";
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
  readonly changes: [UserId, Standing][];
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
  const changes: [UserId, Standing][] = [];
  registry.onChange((user, standing) => changes.push([user, standing]));
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
function connect(node: Node, user: UserId, { idle = false } = {}): Connection {
  const connection = { socketId: randomUUID(), userId: user, device: undefined, since: new Date(), idle };
  node.registry.connected(connection);
  return connection;
}
const sees = async (node: Node, user: UserId) => {
  const { users, away, isWhole } = await node.registry.online([user]);
  if (away.has(user)) return "away";
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
      [ada, "online"],
      [ada, "offline"],
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
    await waitUntil("ada is told offline", () =>
      b.changes.some(([user, standing]) => user === ada && standing === "offline"),
    );
    expect(await sees(b, ada)).toBe("offline");
    expect(await sees(b, bob)).toBe("online");
    expect(b.changes).not.toContainEqual([bob, "offline"]);
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
    const offline = [...a.changes, ...b.changes].filter(([, standing]) => standing === "offline");
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

describe("people who do nothing, on two nodes", () => {
  const toldOf = (user: UserId, ...nodes: Node[]) =>
    nodes.flatMap(({ changes }) => changes.filter(([id]) => id === user).map(([, standing]) => standing));

  it("are away when that is so on both, and online as soon as it is not on one", async () => {
    const [a, b] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    const [here, there] = [connect(a, ada), connect(b, ada)];
    await waitUntil("both list her", async () => (await a.registry.connections()).length === 2);
    a.registry.setIdle(here.socketId, true);
    const only = connect(a, bob);
    a.registry.setIdle(only.socketId, true);
    await waitUntil("bob is away", () => toldOf(bob, a, b).includes("away"));
    expect(await sees(b, bob)).toBe("away");
    expect([await sees(a, ada), await sees(b, ada)]).toEqual(["online", "online"]);
    expect(toldOf(ada, a, b)).toEqual(["online"]);

    b.registry.setIdle(there.socketId, true);
    await waitUntil("ada is told away", () => toldOf(ada, b).includes("away"));
    expect([await sees(a, ada), await sees(b, ada)]).toEqual(["away", "away"]);
    a.registry.setIdle(here.socketId, false);
    await waitUntil("ada is back", async () => (await sees(b, ada)) === "online");
    expect(toldOf(ada, b).filter((standing) => standing === "away")).toHaveLength(1);
    expect(toldOf(ada, a).at(-1)).toBe("online");
  });

  it("are away when the node where they are active loses them, and online when they come to another", async () => {
    const [a, b] = await startTwo();
    const ada = newUser();
    connect(b, ada, { idle: true });
    await waitUntil("she is told away", () => toldOf(ada, b).at(-1) === "away");
    const active = connect(a, ada);
    await waitUntil("she is told online", () => toldOf(ada, a).at(-1) === "online");
    a.registry.disconnected(active.socketId);
    await waitUntil("she is told away again", () => toldOf(ada, a).at(-1) === "away");
    expect([await sees(a, ada), await sees(b, ada)]).toEqual(["away", "away"]);
    expect(toldOf(ada, b)).toEqual(["away"]);
  });

  it("are still away when one of their nodes died, and whoever was active there only is away too", async () => {
    const [a, b] = await startTwo();
    const [ada, bob, eve] = [newUser(), newUser(), newUser()];
    for (const user of [ada, bob]) connect(b, user, { idle: true });
    connect(a, ada, { idle: true });
    connect(a, bob);
    connect(a, eve, { idle: true });
    await waitUntil(
      "all are seen",
      async () => (await sees(b, bob)) === "online" && (await sees(b, eve)) === "away",
    );
    a.die();
    await waitUntil("eve is told offline", () => toldOf(eve, b).includes("offline"));
    expect([await sees(b, ada), await sees(b, bob), await sees(b, eve)]).toEqual(["away", "away", "offline"]);
    expect([...toldOf(ada, b), ...toldOf(bob, b)]).not.toContain("offline");
    await waitUntil("bob is told away", () => toldOf(bob, b).at(-1) === "away");
  });

  it("move to another node without anybody being told", async () => {
    const [a, b] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    const first = connect(a, ada, { idle: true });
    await waitUntil("she is told away", () => toldOf(ada, a).at(-1) === "away");
    connect(b, ada, { idle: true });
    a.registry.disconnected(first.socketId);
    a.registry.disconnected(connect(a, bob).socketId);
    await waitUntil("bob, who went after her, is gone", () => toldOf(bob, a).at(-1) === "offline");
    await waitUntil("she is listed once", async () => (await a.registry.connections()).length === 1);
    expect(await sees(a, ada)).toBe("away");
    expect(toldOf(ada, a, b)).toEqual(["away"]);
  });

  it("are right again after Redis lost everything, never falsely, and nobody is told anything", async () => {
    const [a, b] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    connect(a, ada, { idle: true });
    connect(b, ada);
    connect(b, bob, { idle: true });
    const isRight = async () => (await sees(a, bob)) === "away" && (await sees(a, ada)) === "online";
    await waitUntil("both are seen", isRight);
    const told = [...a.changes, ...b.changes];
    await server.cli("flushall");
    expect(["unknown", "online"]).toContain(await sees(a, ada));
    await waitUntil("all is back", isRight);
    expect([...a.changes, ...b.changes]).toEqual(told);
  });

  it("are unknown while Redis does not answer: they may be active elsewhere", async () => {
    const [a] = await startTwo();
    const [ada, bob] = [newUser(), newUser()];
    connect(a, ada, { idle: true });
    connect(a, bob);
    await waitUntil("she is away", async () => (await sees(a, ada)) === "away");
    server.pause();
    try {
      expect([await sees(a, ada), await sees(a, bob)]).toEqual(["unknown", "online"]);
    } finally {
      server.resume();
    }
    await waitUntil("it is known again", async () => (await sees(a, ada)) === "away");
  });
});

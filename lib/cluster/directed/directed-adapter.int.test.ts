import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RedisSettings } from "../redis/settings";
import { startRedis } from "../testing/redis";
import { startRedisCluster } from "../testing/redis-cluster";
import { type SocketNode, settled, startSocketNode } from "../testing/socket-node";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";

interface Engine {
  readonly target: RedisSettings["target"];
  stop(): Promise<void>;
}

const ENGINES: Record<string, () => Promise<Engine>> = {
  "one Redis": async () => {
    const redis = await startRedis();
    return { target: { kind: "single", url: redis.url }, stop: () => redis.remove() };
  },
  "a Redis Cluster of three masters": async () => {
    const { nodes, remove } = await startRedisCluster();
    return { target: { kind: "cluster", nodes, tls: false }, stop: remove };
  },
};

const undo = undoAfterEach();

describe.each(Object.keys(ENGINES))("the directed adapter on %s", (name) => {
  let engine: Engine;
  let prefixes = 0;
  beforeAll(async () => {
    engine = await (ENGINES[name] ?? expect.fail)();
  });
  afterAll(() => engine.stop());

  /** Three nodes that know each other, among themselves. */
  async function startThree(): Promise<[SocketNode, SocketNode, SocketNode]> {
    prefixes += 1;
    const start = () => startSocketNode({ target: engine.target, settings: { prefix: `test-${prefixes}` } });
    const nodes: [SocketNode, SocketNode, SocketNode] = [await start(), await start(), await start()];
    for (const node of nodes) undo(() => node.close());
    await settled(...nodes);
    return nodes;
  }

  it("carries binary data, nested and beside text", async () => {
    const [a, b] = await startThree();
    const { received } = await b.connect("ada");
    const bytes = Buffer.from([0, 1, 2, 253, 254, 255]);
    a.io.to("user:ada").emit("file", { name: "ünï", parts: [bytes] }, bytes);
    await waitUntil("it is there", () => received.length === 1);
    expect(received).toEqual([["file", { name: "ünï", parts: [bytes] }, bytes]]);
  });

  it("emits to everybody, to all but some, and to sockets by their ids", async () => {
    const [a, b, c] = await startThree();
    const [ada, bob, eve] = [await a.connect("ada"), await b.connect("bob"), await c.connect("eve")];
    a.io.emit("all");
    b.io.except("user:eve").emit("not eve");
    c.io.to(bob.socket.id ?? "").emit("bob alone");
    b.io.local.emit("here");
    await waitUntil("all came", () => bob.received.length === 4 && ada.received.length === 2);
    await waitUntil("eve has hers", () => eve.received.length === 1);
    expect(ada.received.flat().sort()).toEqual(["all", "not eve"]);
    expect(bob.received.flat().sort()).toEqual(["all", "bob alone", "here", "not eve"]);
    expect(eve.received).toEqual([["all"]]);
  });

  it("gathers the acknowledgements of clients on several nodes, asking none that holds nobody", async () => {
    const [a, b, c] = await startThree();
    const clients = [await a.connect("ada"), await b.connect("ada"), await b.connect("ada")];
    clients.forEach(({ socket }, index) => {
      socket.on("question", (text: string, answer: (reply: string) => void) => answer(`${text} ${index}`));
    });
    const before = c.cluster.stats().messagesRead;
    const answers: unknown = await a.io.to("user:ada").timeout(5_000).emitWithAck("question", "who?");
    expect([...(Array.isArray(answers) ? answers : [])].sort()).toEqual(["who? 0", "who? 1", "who? 2"]);
    expect(c.cluster.stats().messagesRead).toBe(before);
    expect(await c.io.to("user:nobody").timeout(5_000).emitWithAck("question", "who?")).toEqual([]);
  });

  it("says which clients did not acknowledge in time", async () => {
    const [a, b] = await startThree();
    const [first] = [await b.connect("ada"), await b.connect("ada")];
    first.socket.on("question", (answer: (reply: string) => void) => answer("here"));
    const asked = a.io.to("user:ada").timeout(300).emitWithAck("question");
    await expect(asked).rejects.toMatchObject({ responses: ["here"] });
  });

  it("finds, moves and disconnects the sockets of other nodes", async () => {
    const [a, b, c] = await startThree();
    const [ada, eve] = [await b.connect("ada"), await c.connect("eve")];
    const found = await a.io.in("user:ada").fetchSockets();
    expect(found.map(({ id }) => id)).toEqual([ada.socket.id]);
    expect((await a.io.fetchSockets()).map(({ id }) => id).sort()).toEqual(
      [ada.socket.id, eve.socket.id].sort(),
    );
    a.io.in("user:ada").socketsJoin("user:guests");
    await waitUntil("she joined", async () => (await c.io.in("user:guests").fetchSockets()).length === 1);
    a.io.to("user:guests").emit("welcome");
    await waitUntil("it is there", () => ada.received.length === 1);
    a.io.in("user:ada").socketsLeave("user:guests");
    await waitUntil("she left", async () => (await c.io.in("user:guests").fetchSockets()).length === 0);
    a.io.in("user:ada").disconnectSockets(true);
    await waitUntil("she is out", () => !ada.socket.connected);
    expect(eve.socket.connected).toBe(true);
  });

  it("lets servers ask each other", async () => {
    const [a, b, c] = await startThree();
    for (const [node, name] of [
      [b, "b"],
      [c, "c"],
    ] as const) {
      node.io.on("name?", (answer: (name: string) => void) => answer(name));
    }
    const names: unknown = await a.io.serverSideEmitWithAck("name?");
    expect([...(Array.isArray(names) ? names : [])].sort()).toEqual(["b", "c"]);
  });

  it("forgets a node that stopped: questions do not wait for it", async () => {
    const [a, b, c] = await startThree();
    const ada = await b.connect("ada");
    await c.close();
    await waitUntil("it is gone", () => a.cluster.membership.live.size === 2);
    expect((await a.io.fetchSockets()).map(({ id }) => id)).toEqual([ada.socket.id]);
  });

  it("does not find a socket that closed, and reads nothing for it any more", async () => {
    const [a, b] = await startThree();
    const ada = await b.connect("ada");
    a.io.to("user:ada").emit("one");
    await waitUntil("it is there", () => ada.received.length === 1);
    ada.socket.disconnect();
    await waitUntil("b has nobody", () => b.io.of("/").adapter.rooms.size === 0);
    await waitUntil("nobody finds her", async () => {
      const before = b.cluster.stats().messagesRead;
      a.io.to("user:ada").emit("two");
      a.io.emit("to all");
      await waitUntil("what was sent after it came", () => b.cluster.stats().messagesRead > before);
      return b.cluster.stats().messagesRead === before + 1;
    });
  });
});

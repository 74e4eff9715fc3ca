import { beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../testing/redis";
import { startRedisCluster } from "../testing/redis-cluster";
import { type SocketNode, settled, startSocketNode } from "../testing/socket-node";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";

const undo = undoAfterEach();
let server: RedisProcess;

beforeEach(async () => {
  server = await startRedis();
  undo(() => server.remove());
});

type Target = Parameters<typeof startSocketNode>[0]["target"];

async function startThree(
  target: Target = { kind: "single", url: server.url },
): Promise<[SocketNode, SocketNode, SocketNode]> {
  const start = () =>
    startSocketNode({ target, routing: "broadcast", settings: { commandTimeoutMs: 1_000 } });
  const nodes: [SocketNode, SocketNode, SocketNode] = [await start(), await start(), await start()];
  for (const node of nodes) undo(() => node.close());
  await settled(...nodes);
  return nodes;
}

describe("the broadcast routing", () => {
  it("has every node read all of 10,000 messages, and only the one that is meant want them", async () => {
    const [a, b, c] = await startThree();
    const ada = await b.connect("ada");
    for (let index = 0; index < 10_000; index += 1) {
      a.io.to("user:ada").emit("message", index);
      if (index % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await waitUntil("all are there", () => ada.received.length === 10_000);
    expect(ada.received.map(([, index]) => index)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => index),
    );
    for (const node of [a, b, c]) {
      await waitUntil("it read all", () => node.cluster.stats().messagesRead >= 10_000);
    }
    expect(a.cluster.stats().messagesWanted).toBe(0);
    expect(b.cluster.stats().messagesWanted).toBe(10_000);
    expect(c.cluster.stats().messagesWanted).toBe(0);
  });

  it("serves its own sockets at once while Redis is away, counts what the others did not get, goes on", async () => {
    const [a, b, c] = await startThree();
    const [here, there] = [await a.connect("ada"), await b.connect("ada")];
    await server.kill();
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is here", () => here.received.length === 1);
    await waitUntil("the loss is counted", () => a.cluster.stats().publishFailures > 0);
    await server.start();
    await settled(a, b, c);
    await waitUntil("clients fetch", () => b.gaps.length > 0);
    await waitUntil("the others are reached again", () => {
      a.io.to("user:ada").emit("n", 2);
      return there.received.some(([, number]) => number === 2);
    });
  });

  it("has clients fetch after Redis lost everything", async () => {
    const [a, b, c] = await startThree();
    await server.cli("flushall");
    await waitUntil("all noticed", () => [a, b, c].every(({ gaps }) => gaps.length > 0));
  });

  it("works on a Redis Cluster, acknowledgements included", async () => {
    const { nodes, remove } = await startRedisCluster();
    undo(remove);
    const [a, b] = await startThree({ kind: "cluster", nodes, tls: false });
    const ada = await b.connect("ada");
    ada.socket.on("question", (answer: (reply: string) => void) => answer("here"));
    expect(await a.io.to("user:ada").timeout(5_000).emitWithAck("question")).toEqual(["here"]);
    a.io.to("user:ada").emit("bytes", Buffer.from([1, 2, 3]));
    await waitUntil("it is there", () => ada.received.some(([name]) => name === "bytes"));
    expect(ada.received.at(-1)).toEqual(["bytes", Buffer.from([1, 2, 3])]);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../testing/redis";
import { type SocketNode, settled, startSocketNode } from "../testing/socket-node";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";

const undo = undoAfterEach();
let server: RedisProcess;

beforeEach(async () => {
  server = await startRedis();
  undo(() => server.remove());
});

async function startNodes(count: number): Promise<SocketNode[]> {
  const nodes = await Promise.all(
    Array.from({ length: count }, () => startSocketNode({ target: { kind: "single", url: server.url } })),
  );
  for (const node of nodes) undo(() => node.close());
  await settled(...nodes);
  return nodes;
}

describe("the directed routing", () => {
  it("reaches every socket of a user, on whichever node, once", async () => {
    const [a, b, c] = await startThree();
    const tabs = await Promise.all([a.connect("ada"), b.connect("ada"), b.connect("ada"), c.connect("bob")]);
    a.io.to("user:ada").emit("hello", { text: "ünï 🏠" });
    await waitUntil("all have it", () => tabs.slice(0, 3).every(({ received }) => received.length > 0));
    a.io.to(["user:ada", "user:bob"]).emit("both");
    await waitUntil("all have it", () => tabs.every(({ received }) => received.at(-1)?.[0] === "both"));
    for (const { received } of tabs.slice(0, 3)) {
      expect(received).toEqual([["hello", { text: "ünï 🏠" }], ["both"]]);
    }
    expect(tabs[3]?.received).toEqual([["both"]]);
  });

  it("has nodes that hold neither side read nothing of 10,000 messages", async () => {
    const [a, b, c] = await startThree();
    const ada = await b.connect("ada");
    const before = [a, b, c].map(({ cluster }) => cluster.stats());
    for (let index = 0; index < 10_000; index += 1) {
      a.io.to("user:ada").emit("message", index);
      if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await waitUntil("all are there", () => ada.received.length === 10_000);
    expect(ada.received.map(([, index]) => index)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => index),
    );
    const read = [a, b, c].map(({ cluster }, index) => {
      const { entriesRead, messagesRead, messagesWanted } = cluster.stats();
      expect(before[index]?.messagesRead).toBe(0);
      return { entriesRead, messagesRead, messagesWanted };
    });
    expect(read[0]).toEqual({ entriesRead: 0, messagesRead: 0, messagesWanted: 0 });
    expect(read[1]).toMatchObject({ messagesRead: 10_000, messagesWanted: 10_000 });
    expect(read[2]).toEqual({ entriesRead: 0, messagesRead: 0, messagesWanted: 0 });
  });
});

async function startThree(): Promise<[SocketNode, SocketNode, SocketNode]> {
  const [a, b, c] = await startNodes(3);
  if (a === undefined || b === undefined || c === undefined) throw new Error("three nodes are needed");
  return [a, b, c];
}

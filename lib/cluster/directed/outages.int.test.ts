import { beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../testing/redis";
import { type Client, type SocketNode, settled, startSocketNode } from "../testing/socket-node";
import { undoAfterEach } from "../testing/undo";
import { waitUntil } from "../testing/wait-until";

const undo = undoAfterEach();
let server: RedisProcess;
let a: SocketNode;
let b: SocketNode;

beforeEach(async () => {
  server = await startRedis();
  undo(() => server.remove());
  const target = { kind: "single", url: server.url } as const;
  const settings = { commandTimeoutMs: 1_000 };
  [a, b] = [await startSocketNode({ target, settings }), await startSocketNode({ target, settings })];
  undo(() => a.close());
  undo(() => b.close());
  await settled(a, b);
});

const numbersOf = ({ received }: Client) => received.map(([, number]) => number);

describe("the directed routing, when Redis fails", () => {
  it("loses nothing while Redis stands still for less than the messages may wait", async () => {
    const ada = await b.connect("ada");
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is there", () => ada.received.length === 1);
    server.pause();
    a.io.to("user:ada").emit("n", 2);
    a.io.to("user:ada").emit("n", 3);
    server.resume();
    a.io.to("user:ada").emit("n", 4);
    await waitUntil("all are there", () => ada.received.length === 4);
    expect(numbersOf(ada)).toEqual([1, 2, 3, 4]);
  });

  it("serves its own sockets at once, and counts what the others did not get", async () => {
    const [here, there] = [await a.connect("ada"), await b.connect("ada")];
    await server.kill();
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is here", () => here.received.length === 1);
    await waitUntil("the loss is counted", () => a.cluster.stats().publishFailures > 0);
    await server.start();
    await settled(a, b);
    await waitUntil("b has its clients fetch", () => b.gaps.length > 0);
    // A node that was slow to come back may be out of the directory once more: a hint may be lost, not all of them.
    await waitUntil("the others are reached again", () => {
      a.io.to("user:ada").emit("n", 2);
      return numbersOf(there).includes(2);
    });
  });

  it("has clients fetch after Redis lost everything, and routes to whom it concerns again", async () => {
    const ada = await b.connect("ada");
    await server.cli("flushall");
    await waitUntil("b noticed", () => b.gaps.length > 0);
    await settled(a, b);
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is there", () => ada.received.length === 1);
    expect(ada.received).toHaveLength(1);
  });

  it("has clients fetch when its stream was trimmed before it was read", async () => {
    const ada = await b.connect("ada");
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is there", () => ada.received.length === 1);
    const key = `homing:{node-${b.cluster.membership.nodeId}}:messages`;
    const script = `for i = 1, 3 do redis.call('XADD', KEYS[1], '*', 'from', 'x ' .. i) end redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)`;
    await server.cli("eval", script, "1", key);
    await waitUntil("b noticed", () =>
      b.gaps.some((reason) => reason === "trimmed" || reason === "stream_lost"),
    );
    a.io.to("user:ada").emit("n", 2);
    await waitUntil("it goes on", () => ada.received.length === 2);
  });

  it("has clients fetch when one entry got lost on the way, which only the numbers show", async () => {
    const ada = await b.connect("ada");
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is there", () => ada.received.length === 1);
    // Replaced at once by an entry that says nothing, in the same step in which it was written.
    const key = `homing:{node-${b.cluster.membership.nodeId}}:messages`;
    await server.cli(
      "eval",
      `redis.call('XADD', KEYS[1], '*', 'from', ARGV[1])`,
      "1",
      key,
      `${a.cluster.membership.nodeId} 3`,
    );
    await waitUntil("b noticed", () => b.gaps.includes("missed"));
  });

  it("has clients fetch after the process stood still for longer than its lease", async () => {
    const ada = await b.connect("ada");
    // The event loop stands still, and with it both nodes.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_800);
    await waitUntil("both noticed", () => a.gaps.includes("lease_lost") && b.gaps.includes("lease_lost"));
    await settled(a, b);
    a.io.to("user:ada").emit("n", 1);
    await waitUntil("it is there", () => ada.received.length === 1);
  });
});

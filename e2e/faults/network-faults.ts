import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { io } from "socket.io-client";
import { SOCKET_PATH } from "@/lib/contract/handshake";
import { clientId as parseClient } from "@/lib/contract/ids";
import type { Fault, FaultContext } from "./fault";
import { type Direction, Link } from "./link";
import { comesAbout } from "./waiting";

const always = () => true;
const ONE_WAY: readonly Direction[][] = [["toServer"], ["toClient"], ["toServer", "toClient"]];

/** Cuts the link, one way or both, for a while; what waited at the cut is lost. */
async function cut(link: Link, { random, isBrief }: FaultContext): Promise<void> {
  link.set({ kind: "blackhole" }, random.pick(ONE_WAY));
  await delay(isBrief ? 5_000 : 20_000);
  link.reset();
  link.heal();
}

export const cutFromRedis: Fault = {
  id: "F9",
  title: "a node is cut off from Redis",
  fits: ({ nodes }) => nodes.every(({ redis }) => redis !== undefined),
  async inject(context) {
    const { redis } = context.random.pick(context.cluster.nodes);
    if (redis !== undefined) await cut(redis, context);
  },
};

export const cutFromDatabase: Fault = {
  id: "F9",
  title: "a node is cut off from PostgreSQL",
  fits: always,
  async inject(context) {
    const node = context.random.pick(context.cluster.nodes);
    await context.impairing([node.name], () => cut(node.database, context));
  },
};

export const cutFromClients: Fault = {
  id: "F9",
  title: "a node is cut off from its clients",
  fits: always,
  async inject(context) {
    const node = context.random.pick(context.cluster.nodes);
    await context.impairing([node.name], () => cut(node.clients, context));
  },
};

export const droppedSockets: Fault = {
  id: "F12",
  title: "all sockets drop at once",
  fits: always,
  async inject({ cluster, scene, violation, say }) {
    const began = performance.now();
    for (const { clients } of cluster.nodes) clients.reset();
    await comesAbout(() => scene.devices.every(({ isConnected }) => !isConnected), 1_000);
    const areBack = () => scene.devices.every(({ isConnected }) => isConnected);
    const back = await comesAbout(areBack, 15_000);
    say(`        everybody was back within ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    if (!back) violation({ invariant: "F12", detail: "not everybody was back within 15 s" });
  },
};

const BIG_BODY = "x".repeat(8_000);
const MOST_BIG_SENDS = 4_000;
const SENDS_AT_ONCE = 50;
const MEMORY_MAY_GROW_BYTES = 300 * 1024 * 1024;

/** A phone in a tunnel: its connection stays open and takes nothing, while much is sent to it. */
export const slowConsumer: Fault = {
  id: "F11",
  title: "a client stops reading",
  fits: () => process.platform === "linux",
  async inject({ cluster, scene, violation }) {
    const node = cluster.nodes[0];
    const [reader] = scene.guest;
    const sender = scene.talkers[0]?.find(({ isConnected }) => isConnected);
    if (node === undefined || reader === undefined || sender === undefined) return;
    const link = await Link.to(Number(new URL(node.server.url).port));
    const slow = io(`http://127.0.0.1:${link.port}`, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      auth: { token: scene.tokenOf(reader.user) },
      reconnection: false,
      forceNew: true,
    });
    if (!slow.connected) await new Promise<void>((resolve) => slow.once("connect", () => resolve()));
    const opened = await sender.call("conversation:open", { username: reader.user });
    if (!opened?.ok) throw new Error(`The conversation did not open: ${JSON.stringify(opened)}`);
    const before = memoryOf(node.server.pid);
    link.set({ kind: "blackhole" }, ["toClient"]);
    for (let sent = 0; sent < MOST_BIG_SENDS && link.isOpen; sent += SENDS_AT_ONCE) {
      const some = Array.from({ length: SENDS_AT_ONCE }, () =>
        sender.call("message:send", {
          conversationId: opened.conversation.id,
          clientId: parseClient.parse(crypto.randomUUID()),
          body: BIG_BODY,
        }),
      );
      await Promise.all(some);
    }
    const grown = memoryOf(node.server.pid) - before;
    if (grown > MEMORY_MAY_GROW_BYTES) {
      violation({ invariant: "F11", detail: `${node.name} grew by ${Math.round(grown / 1024 / 1024)} MB` });
    }
    link.heal();
    if (!(await comesAbout(() => !slow.connected, 10_000))) {
      violation({ invariant: "F11", detail: "a connection that read nothing was not closed" });
    }
    slow.disconnect();
    await link.close();
  },
};

/** Bytes of a process that are in memory. */
function memoryOf(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return pages * 4_096;
}

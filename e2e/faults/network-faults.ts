import { setTimeout as delay } from "node:timers/promises";
import type { Fault, FaultContext } from "./fault";
import type { Direction, Link } from "./link";
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

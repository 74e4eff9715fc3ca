import { setTimeout as delay } from "node:timers/promises";
import type { Fault, FaultContext } from "./fault";

const always = () => true;

async function lasts({ isBrief }: FaultContext, briefMs: number, longMs: number): Promise<void> {
  await delay(isBrief ? briefMs : longMs);
}

/** As long as a client that repeats what was refused for the moment may take. */
const ACKNOWLEDGED_WITHIN_MS = 5_000;
const REPEAT_EVERY_MS = 500;

/** Sends are acknowledged without the bus. What else was broken before may still have them refused for a moment. */
async function expectAcknowledged(
  { scene, actions, history, violation }: FaultContext,
  what: string,
): Promise<void> {
  const device = scene.devices.find(({ isConnected }) => isConnected);
  const conversation = scene.conversations.find(({ members }) => members.includes(device?.user ?? ""));
  if (device === undefined || conversation === undefined) return;
  const body = `while ${what}`;
  const clientId = crypto.randomUUID();
  for (const until = performance.now() + ACKNOWLEDGED_WITHIN_MS; performance.now() < until; ) {
    if ((await actions.send(device, conversation.id, clientId, body)) !== undefined) return;
    await delay(REPEAT_EVERY_MS);
  }
  const request = history.requests.findLast((one) => one.kind === "send" && one.body === body);
  const took = Math.round((request?.endedAt ?? 0) - (request?.startedAt ?? 0));
  const why = `${request?.code ?? "no answer"} after ${took} ms`;
  violation({
    invariant: "F6",
    detail: `${device.name} on ${device.node} was not acknowledged ${body}: ${why}`,
  });
}

export const killedRedis: Fault = {
  id: "F6",
  title: "Redis is killed and comes back empty",
  fits: always,
  async inject(context) {
    const { servers } = context.cluster.redis;
    await Promise.all(servers.map((server) => server.kill()));
    await expectAcknowledged(context, "Redis is away");
    await lasts(context, 3_000, 15_000);
    await Promise.all(servers.map((server) => server.start()));
  },
};

export const flushedRedis: Fault = {
  id: "F6",
  title: "FLUSHALL",
  fits: always,
  async inject(context) {
    for (const server of context.cluster.redis.servers) {
      // A replica refuses, and follows its master.
      await Promise.allSettled([server.cli("flushall")]);
    }
    await lasts(context, 3_000, 10_000);
  },
};

export const fullRedis: Fault = {
  id: "F6",
  title: "Redis is full",
  fits: always,
  async inject(context) {
    const { servers } = context.cluster.redis;
    const limit = (memory: string) =>
      Promise.all(servers.map((server) => server.cli("config", "set", "maxmemory", memory)));
    await limit("1");
    await expectAcknowledged(context, "Redis is full");
    await lasts(context, 3_000, 15_000);
    await limit("0");
  },
};

export const slowRedis: Fault = {
  id: "F6",
  title: "Redis is slow",
  fits: always,
  async inject(context) {
    const { nodes, redis } = context.cluster;
    const links = nodes.flatMap((node) => (node.redis === undefined ? [] : [node.redis]));
    for (const link of links) link.set({ kind: "delay", ms: 300 });
    if (links.length === 0) for (const server of redis.servers) server.pause();
    await expectAcknowledged(context, "Redis is slow");
    await lasts(context, 3_000, links.length === 0 ? 4_000 : 15_000);
    if (links.length === 0) for (const server of redis.servers) server.resume();
    for (const link of links) link.heal();
  },
};

export const redisFailover: Fault = {
  id: "F7",
  title: "a replica takes over from a killed Redis master",
  fits: ({ redis }) => redis.failOver !== undefined,
  async inject(context) {
    const failover = await context.cluster.redis.failOver?.();
    await expectAcknowledged(context, "a Redis master was replaced");
    await lasts(context, 1_000, 5_000);
    await failover?.heal();
  },
};

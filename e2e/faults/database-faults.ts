import { setTimeout as delay } from "node:timers/promises";
import type { Fault, FaultContext } from "./fault";
import { comesAbout, readiness } from "./waiting";

const always = () => true;
const NOT_READY_WITHIN_MS = 8_000;
const READY_AGAIN_WITHIN_MS = 20_000;

async function lasts({ isBrief }: FaultContext, briefMs: number, longMs: number): Promise<void> {
  await delay(isBrief ? briefMs : longMs);
}

const everyNode = ({ cluster }: FaultContext) => cluster.nodes.map(({ name }) => name);

async function expectReady(context: FaultContext, ready: boolean, withinMs: number): Promise<void> {
  for (const { name, server } of context.cluster.nodes) {
    const isAsExpected = async () => (await readiness(server.url)) === (ready ? 200 : 503);
    if (await comesAbout(isAsExpected, withinMs)) continue;
    const status = await readiness(server.url);
    context.violation({
      invariant: "F8",
      detail: `/readyz of ${name} answers ${status} ${ready ? "after the database was back" : "without a database"}`,
    });
  }
}

export const restartedDatabase: Fault = {
  id: "F8",
  title: "PostgreSQL crashes and is started again",
  fits: always,
  async inject(context) {
    const { database } = context.cluster;
    await context.impairing(everyNode(context), async () => {
      await database.stop();
      await expectReady(context, false, NOT_READY_WITHIN_MS);
      await lasts(context, 0, 10_000);
      await database.start();
      await expectReady(context, true, READY_AGAIN_WITHIN_MS);
    });
  },
};

export const silentDatabase: Fault = {
  id: "F8",
  title: "PostgreSQL does not answer",
  fits: always,
  async inject(context) {
    const { nodes } = context.cluster;
    await context.impairing(everyNode(context), async () => {
      for (const { database } of nodes) database.set({ kind: "blackhole" });
      await expectReady(context, false, NOT_READY_WITHIN_MS);
      await lasts(context, 0, 15_000);
      for (const { database } of nodes) database.heal();
      await expectReady(context, true, READY_AGAIN_WITHIN_MS);
    });
  },
};

export const slowDatabase: Fault = {
  id: "F8",
  title: "PostgreSQL is slow",
  fits: always,
  async inject(context) {
    const { nodes } = context.cluster;
    await context.impairing(everyNode(context), async () => {
      for (const { database } of nodes) database.set({ kind: "delay", ms: 200 });
      await lasts(context, 4_000, 15_000);
      for (const { database } of nodes) database.heal();
    });
  },
};

export const noConnections: Fault = {
  id: "F8",
  title: "PostgreSQL has no connections left",
  fits: always,
  async inject(context) {
    const { database } = context.cluster;
    await context.impairing(everyNode(context), async () => {
      await database.takeAllConnections();
      await lasts(context, 3_000, 15_000);
      await database.giveConnectionsBack();
      await expectReady(context, true, READY_AGAIN_WITHIN_MS);
    });
  },
};

export const fullDisk: Fault = {
  id: "F8",
  title: "PostgreSQL has no disk left",
  fits: always,
  async inject(context) {
    const { database } = context.cluster;
    await context.impairing(everyNode(context), async () => {
      await database.fillDisk();
      await lasts(context, 3_000, 10_000);
      await database.freeDisk();
    });
  },
};

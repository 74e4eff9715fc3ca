import type { Page } from "@playwright/test";
import { RunningCluster } from "../deploy/running-cluster";
import { expect, test as oneNode } from "./test";

const NODES = 3;

interface ClusterFixtures {
  routing: "directed" | "broadcast";
  /** Three nodes with a balancer in front, where visitors go unless they have another address. */
  cluster: RunningCluster;
}

/** As with one node, and everything is on three of them; a file says with `test.use` how they route. */
export const test = oneNode.extend<object, ClusterFixtures>({
  routing: ["directed", { option: true, scope: "worker" }],

  cluster: [
    async ({ routing }, use) => {
      const cluster = await RunningCluster.start(NODES, routing);
      await use(cluster);
      await cluster.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],

  site: [async ({ cluster }, use) => await use(cluster), { scope: "worker" }],
});

/** The address of one node, from 1, past the balancer. By the balancer's name, so that its cookies are good there too. */
export function addressOf(cluster: RunningCluster, node: number): string {
  const port = cluster.ports[node - 1];
  if (port === undefined) throw new Error(`There is no node ${node}.`);
  return `http://localhost:${port}`;
}

/**
 * The node that holds what came by the balancer: one page that is connected, and nothing else.
 */
export async function nodeBehindBalancer(cluster: RunningCluster): Promise<number> {
  let held: number[] = [];
  await expect
    .poll(async () => {
      held = await connectionsByNode(cluster);
      return held.toSorted();
    })
    .toEqual([0, 0, 1]);
  return held.indexOf(1) + 1;
}

/** The other nodes than this one. */
export function othersThan(node: number): [number, number] {
  const [one, other] = [1, 2, 3].filter((number) => number !== node);
  if (one === undefined || other === undefined) throw new Error(`There is no node ${node}.`);
  return [one, other];
}

/** Opens the conversation on a node in a tab more. */
export async function openTab(from: Page, address: string): Promise<Page> {
  const tab = await from.context().newPage();
  await tab.goto(address);
  return tab;
}

async function connectionsByNode(cluster: RunningCluster): Promise<number[]> {
  const { input } = await cluster.command("status", /redis: \w+, pid \d+\n/);
  return [...input.matchAll(/node-\d+: \w+, \w+, (\d+) connections/g)].map(([, held]) => Number(held));
}

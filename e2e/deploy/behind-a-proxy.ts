import { expect } from "@playwright/test";
import type { RunningCluster } from "./running-cluster";
import { askSteadily, SteadyClient } from "./steady-client";

/** Design of the cluster: the clients of a node that died are served by others within this time. */
const BACK_WITHIN_MS = 5_000;
const CLIENTS_EACH = 4;

/**
 * What must hold behind every load balancer in front of these nodes: WebSocket and long polling work, new connections
 * reach more than one node, and when a node is killed no page fails and every client is served again within seconds.
 */
export async function expectToServeThroughAKill(cluster: RunningCluster, url: string): Promise<void> {
  const token = await cluster.makeToken("ada");
  const websockets = await Promise.all(connectMany(url, token, "websocket"));
  const pollings = await Promise.all(connectMany(url, token, "polling"));
  const clients = [...websockets, ...pollings];
  for (const client of clients) expect(await client.isServed()).toBe(true);
  // A polling session whose requests reached different nodes would not live to see a second answer.
  for (const client of pollings) expect(await client.isServed()).toBe(true);

  const pages = askSteadily(`${url}/login`);
  const firstLost = Promise.race(websockets.map((client) => client.lost()));
  await cluster.command("kill 1", /node-1 is killed/);
  await firstLost;
  await Promise.all(clients.map((client) => client.comesBack(BACK_WITHIN_MS)));
  const moved = websockets.filter((client) => client.losses > 0);
  expect(moved.length, "the WebSockets were spread over the nodes").toBeLessThan(CLIENTS_EACH);
  await cluster.command("start 1", /node-1 is ready/);
  const { asked, bad } = await pages.stop();
  expect(bad, `of ${asked} pages`).toEqual([]);
  expect(asked).toBeGreaterThan(10);
  for (const client of clients) client.close();
}

function connectMany(url: string, token: string, transport: "websocket" | "polling") {
  return Array.from({ length: CLIENTS_EACH }, () => SteadyClient.connect(url, token, transport));
}

import { randomUUID } from "node:crypto";
import { clientId } from "@/lib/contract/ids";
import { TestCluster } from "../faults/test-cluster";
import { ContractClient } from "../support/contract-client";
import type { HomingServer } from "../support/homing-server";
import { PASSWORD } from "../support/sign-in";
import { PEOPLE, READER } from "./scene";

/** So many messages each one who is online has written to the next, so that the nodes have something to show. */
const MESSAGES = 30;

/** What people hold in their hands, in turn. */
const DEVICES = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
];

export interface ClusterStage {
  /** The node whose pages are looked at. */
  homing: HomingServer;
  dispose: () => Promise<void>;
}

/** The people of the scene, their devices spread over three nodes. */
export async function setClusterStage(): Promise<ClusterStage> {
  const cluster = await TestCluster.start({ nodes: 3, routing: "directed", redis: "single" });
  const devices: ContractClient[] = [];
  const dispose = async () => {
    for (const device of devices) device.close();
    await cluster.dispose();
  };
  try {
    const [first] = cluster.nodes;
    if (first === undefined) throw new Error("The cluster has no node.");
    const connect = async (token: string) => {
      const node = cluster.nodes[devices.length % cluster.nodes.length] ?? first;
      const userAgent = DEVICES[devices.length % DEVICES.length] ?? "";
      const device = await ContractClient.connect(node.server.url, { token, userAgent });
      devices.push(device);
      return device;
    };
    const online: { username: string; device: ContractClient }[] = [];
    await arrive(cluster, READER.username, READER.name, ["--admin"]);
    for (const { username, name, devices: count = 0 } of PEOPLE.filter(({ disabled }) => !disabled)) {
      const token = await arrive(cluster, username, name);
      for (let index = 0; index < count; index += 1) online.push({ username, device: await connect(token) });
    }
    for (const [index, { device, username }] of online.entries()) {
      const others = [...online.slice(index + 1), ...online].map((one) => one.username);
      await write(device, others.find((other) => other !== username) ?? READER.username);
    }
    return { homing: first.server, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Gives the token of a new account. */
async function arrive(
  cluster: TestCluster,
  username: string,
  name: string,
  more: string[] = [],
): Promise<string> {
  await cluster.operate(["user", "add", username, "--password-stdin", "--name", name, ...more], PASSWORD);
  return (await cluster.operate(["token", "create", username])).trim();
}

async function write(client: ContractClient, username: string): Promise<void> {
  const { conversation } = await client.call("conversation:open", { username });
  for (let count = 1; count <= MESSAGES; count += 1)
    await client.call("message:send", {
      conversationId: conversation.id,
      clientId: clientId.parse(randomUUID()),
      body: `Line ${count}`,
    });
}

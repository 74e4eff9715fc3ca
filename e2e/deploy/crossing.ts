import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { clientId } from "@/lib/contract/ids";
import { ContractClient } from "../support/contract-client";
import type { RunningCluster } from "./running-cluster";

/** What one person writes on the first node reaches another person on the second one. */
export async function expectToCrossNodes(cluster: RunningCluster): Promise<void> {
  const [first, second] = cluster.ports.map((port) => `http://127.0.0.1:${port}`);
  const writer = await ContractClient.connect(first ?? "", { token: await cluster.makeToken("bob") });
  const reader = await ContractClient.connect(second ?? "", { token: await cluster.makeToken("eve") });
  const { conversation } = await writer.call("conversation:open", { username: "eve" });
  const arrival = reader.next("change");
  const sent = { conversationId: conversation.id, clientId: clientId.parse(randomUUID()), body: "across" };
  const { message } = await writer.call("message:send", sent);
  expect(await arrival).toMatchObject({
    type: "message.created",
    message: { id: message.id, body: "across" },
  });
  writer.close();
  reader.close();
}

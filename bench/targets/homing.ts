import { randomUUID } from "node:crypto";
import { clientId, conversationId } from "@/lib/contract/ids";
import type { ServerEvents } from "@/lib/contract/server-events";
import { type CheckerClient, connectClient } from "../../e2e/checker/client";
import { HomingServer } from "../../e2e/support/homing-server";
import { processCpuMicroseconds } from "./process-cpu";
import type { Pair, Target } from "./target";

async function account(server: HomingServer, username: string): Promise<CheckerClient> {
  await server.operate(["user", "add", username, "--password-stdin"], "a long enough password");
  const token = await server.operate(["token", "create", username]);
  return connectClient(server.url, token.trim());
}

/** Who sends is connected to the first of the two, who receives to the second. */
export async function connectHomingPair(
  [senders, recipients]: readonly [HomingServer, HomingServer],
  index: number,
): Promise<{ pair: Pair; close: () => void }> {
  const recipient = await account(recipients, `recipient.${index}`);
  const sender = await account(senders, `sender.${index}`);
  const opened = await sender.call("conversation:open", { username: `recipient.${index}` });
  if (!opened?.ok) throw new Error(`The conversation did not open: ${JSON.stringify(opened)}`);
  const conversation = conversationId.parse(opened.conversation.id);
  const pair: Pair = {
    async send(body) {
      const answer = await sender.call("message:send", {
        conversationId: conversation,
        clientId: clientId.parse(randomUUID()),
        body,
      });
      if (!answer?.ok) throw new Error(`A send was refused: ${JSON.stringify(answer)}`);
    },
    onDelivery(listener) {
      recipient.socket.off("change").on("change", (change: ServerEvents["change"]) => {
        if (change.type === "message.created" && change.message) listener(change.message.body);
      });
    },
  };
  return { pair, close: () => [sender, recipient].forEach(({ socket }) => void socket.close()) };
}

/** Homing on one node with its own PostgreSQL: everything checked, stored and synced to disk before the acknowledgement. */
export const homing: Target = {
  name: "Homing",
  async start(count) {
    const server = await HomingServer.start({ RATE_LIMITS: "off" });
    const connected: Awaited<ReturnType<typeof connectHomingPair>>[] = [];
    for (let index = 0; index < count; index += 1)
      connected.push(await connectHomingPair([server, server], index));
    return {
      pairs: connected.map(({ pair }) => pair),
      cpuMicroseconds: () => processCpuMicroseconds(server.pid),
      async stop() {
        for (const { close } of connected) close();
        await server.dispose();
      },
    };
  },
};

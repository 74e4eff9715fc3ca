import { randomUUID } from "node:crypto";
import type { Answer, ClientResults } from "@/lib/contract/client-events";
import type { ServerEvents } from "@/lib/contract/server-events";
import { layoutOf } from "@/lib/embedded/layout";
import { readPostmasterFile } from "@/lib/embedded/postmaster-file";
import { HomingServer } from "../../e2e/support/homing-server";
import { connectLoad, type LoadSocket } from "./load-socket";
import { familyCpuMicroseconds, processCpuMicroseconds } from "./process-cpu";
import type { Pair, Target } from "./target";

async function account(server: HomingServer, username: string): Promise<LoadSocket> {
  await server.operate(["user", "add", username, "--password-stdin"], "a long enough password");
  const token = await server.operate(["token", "create", username]);
  return connectLoad(server.url, { token: token.trim() });
}

/** Who sends is connected to the first of the two, who receives to the second. */
export async function connectHomingPair(
  [senders, recipients]: readonly [HomingServer, HomingServer],
  index: number,
): Promise<{ pair: Pair; close: () => void }> {
  const recipient = await account(recipients, `recipient.${index}`);
  const sender = await account(senders, `sender.${index}`);
  const opened = await sender.ask<Answer<ClientResults["conversation:open"]>>("conversation:open", {
    username: `recipient.${index}`,
  });
  if (!opened.ok) throw new Error(`The conversation did not open: ${JSON.stringify(opened)}`);
  const conversationId = opened.conversation.id;
  const pair: Pair = {
    async send(body) {
      const message = { conversationId, clientId: randomUUID(), body };
      const answer = await sender.ask<Answer<ClientResults["message:send"]>>("message:send", message);
      if (!answer.ok) throw new Error(`A send was refused: ${JSON.stringify(answer)}`);
    },
    onDelivery(listener) {
      recipient.on("change", (change: ServerEvents["change"]) => {
        if (change.type === "message.created" && change.message) listener(change.message.body);
      });
    },
  };
  return { pair, close: () => [sender, recipient].forEach((socket) => void socket.close()) };
}

/** Homing on one node with its own PostgreSQL: everything checked, stored and synced to disk before the acknowledgement. */
export const homing: Target = {
  name: "Homing",
  async start(count) {
    const server = await HomingServer.start({ RATE_LIMITS: "off" });
    const connected: Awaited<ReturnType<typeof connectHomingPair>>[] = [];
    for (let index = 0; index < count; index += 1)
      connected.push(await connectHomingPair([server, server], index));
    const database = await readPostmasterFile(layoutOf(server.dataFolder).cluster);
    if (database === undefined) throw new Error("The embedded PostgreSQL does not run.");
    return {
      pairs: connected.map(({ pair }) => pair),
      cpuTimes: async () => ({
        servers: await processCpuMicroseconds(server.pid),
        database: await familyCpuMicroseconds(database.pid),
        bus: 0,
      }),
      async stop() {
        for (const { close } of connected) close();
        await server.dispose();
      },
    };
  },
};

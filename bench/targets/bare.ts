import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { connectLoad } from "./load-socket";
import { processCpuMicroseconds } from "./process-cpu";
import type { Pair, Target } from "./target";

/** Who sends is connected to the first of the two, who receives to the second. */
export async function connectBarePair(
  [senderUrl, recipientUrl]: readonly [string, string],
  index: number,
): Promise<{ pair: Pair; close: () => void }> {
  const to = `recipient ${index}`;
  const sender = await connectLoad(senderUrl, { user: `sender ${index}` });
  const recipient = await connectLoad(recipientUrl, { user: to });
  const pair: Pair = {
    send: async (body) => {
      await sender.ask("direct", { to, body });
    },
    onDelivery(listener) {
      recipient.on("direct", (message: { body: string }) => listener(message.body));
    },
  };
  return { pair, close: () => [sender, recipient].forEach((socket) => void socket.close()) };
}

export interface BareServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** One server alone, or with `redisUrl` one of those that this Redis joins. */
export async function startBareServer(redisUrl?: string): Promise<BareServer> {
  const script = fileURLToPath(new URL("bare-server.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    ["--import", "tsx", script, ...(redisUrl === undefined ? [] : [redisUrl])],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  const [line] = await once(child.stdout, "data");
  if (child.pid === undefined) throw new Error("The bare server did not start.");
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${String(line).trim()}`,
    async stop() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

/** Socket.IO without storage, rules or accounts. */
export const bareSocketIo: Target = {
  name: "bare Socket.IO",
  async start(count) {
    const { pid, url, stop } = await startBareServer();
    const connected = await Promise.all(
      Array.from({ length: count }, (_, index) => connectBarePair([url, url], index)),
    );
    return {
      pairs: connected.map(({ pair }) => pair),
      cpuTimes: async () => ({ servers: await processCpuMicroseconds(pid), database: 0, bus: 0 }),
      async stop() {
        for (const { close } of connected) close();
        await stop();
      },
    };
  },
};

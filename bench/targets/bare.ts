import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { io, type Socket } from "socket.io-client";
import { processCpuMicroseconds } from "./process-cpu";
import type { Pair, Target } from "./target";

async function connect(url: string, user: string): Promise<Socket> {
  const socket = io(url, { transports: ["websocket"], auth: { user }, forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return socket;
}

async function connectPair(url: string, index: number): Promise<{ pair: Pair; close: () => void }> {
  const to = `recipient ${index}`;
  const sender = await connect(url, `sender ${index}`);
  const recipient = await connect(url, to);
  const pair: Pair = {
    send: async (body) => {
      await sender.emitWithAck("direct", { to, body });
    },
    onDelivery(listener) {
      recipient.off("direct").on("direct", (message: { body: string }) => listener(message.body));
    },
  };
  return { pair, close: () => [sender, recipient].forEach((socket) => void socket.close()) };
}

async function startServer(): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const script = fileURLToPath(new URL("bare-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const [line] = await once(child.stdout, "data");
  if (child.pid === undefined) throw new Error("The bare server did not start.");
  return { child, pid: child.pid, url: `http://127.0.0.1:${String(line).trim()}` };
}

/** Socket.IO without storage, rules or accounts. */
export const bareSocketIo: Target = {
  name: "bare Socket.IO",
  async start(count) {
    const { child, pid, url } = await startServer();
    const connected = await Promise.all(Array.from({ length: count }, (_, index) => connectPair(url, index)));
    return {
      pairs: connected.map(({ pair }) => pair),
      cpuMicroseconds: () => processCpuMicroseconds(pid),
      async stop() {
        for (const { close } of connected) close();
        const ended = once(child, "exit");
        child.kill();
        await ended;
      },
    };
  },
};

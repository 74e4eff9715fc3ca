import { createServer } from "node:http";
import { startListening, stopListening } from "@/lib/http/listening";
import { type Backend, createChoice } from "./backends";
import { createRequestForwarder } from "./forward-request";
import { createUpgradeForwarder } from "./forward-upgrade";
import { watchHealth } from "./health";
import { createPollingSessions } from "./polling-sessions";

const FINISH_REQUESTS_MS = 1_000;

export interface BalancerOptions {
  readonly host: string;
  readonly port: number;
  readonly backends: readonly Backend[];
  readonly onHealth: (backend: Backend) => void;
}

export interface Balancer {
  readonly port: number;
  /** Takes nothing new, gives requests under way a second, and cuts what is left. */
  stop(): Promise<void>;
}

/**
 * A load balancer for trying things out, on one machine: HTTP and WebSocket, health by `/readyz`, new connections to the
 * node with the fewest, long polling to the node that began the session. `deploy/` has the ones for real use.
 *
 * @throws ListenError when the port or the address cannot be had
 */
export async function startBalancer(options: BalancerOptions): Promise<Balancer> {
  const choose = createChoice(options.backends);
  const sessions = createPollingSessions();
  const forward = createRequestForwarder(choose, sessions);
  const upgrade = createUpgradeForwarder(choose, sessions);
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    // What fails here is a client that went away while it was still sending.
    forward(request, response).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
  const port = await startListening(server, options.host, options.port);
  const ending = new AbortController();
  for (const backend of options.backends) void watchHealth(backend, ending.signal, options.onHealth);
  return {
    port,
    async stop() {
      ending.abort();
      for (const { sockets } of options.backends) for (const socket of sockets) socket.destroy();
      await stopListening(server, FINISH_REQUESTS_MS);
    },
  };
}

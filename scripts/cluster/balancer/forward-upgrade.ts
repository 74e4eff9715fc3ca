import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { proxyUpgrade } from "httpxy";
import type { Backend, Choose } from "./backends";
import { setForwarded } from "./forwarded";
import { type PollingSessions, sessionOf } from "./polling-sessions";

const ANSWER_WITHIN_MS = 10_000;
const UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";

/** Passes a WebSocket to a node and holds the two ends together: when one goes, so does the other. */
export function createUpgradeForwarder(choose: Choose, sessions: PollingSessions) {
  return async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    // A client that resets the connection must not end the process.
    socket.on("error", () => socket.destroy());
    const sid = sessionOf(request.url);
    const backend = sid === undefined ? choose() : sessions.backendOf(sid);
    if (backend === undefined) {
      socket.end(UNAVAILABLE);
      return;
    }
    setForwarded(request);
    hold(backend, socket);
    try {
      const options = { xfwd: false, upgradeTimeout: ANSWER_WITHIN_MS };
      join(socket, await proxyUpgrade(backend.origin, request, request.socket, head, options));
    } catch (error) {
      // Refused by the node, or not reached; it has answered the client where it could.
      if (isUnreached(error)) backend.health = "unreachable";
      socket.end();
    }
  };
}

function hold(backend: Backend, socket: Duplex): void {
  backend.connections += 1;
  backend.sockets.add(socket);
  socket.once("close", () => {
    backend.connections -= 1;
    backend.sockets.delete(socket);
  });
}

function join(client: Duplex, node: Socket): void {
  node.once("close", () => client.destroy());
  client.once("close", () => node.destroy());
  if (client.destroyed) node.destroy();
}

function isUnreached(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
}

import { Server, type ServerOptions, type Socket } from "socket.io";
import type { ClientToServer } from "@/lib/contract/client-events";
import { SOCKET_PATH } from "@/lib/contract/handshake";
import { LIMITS } from "@/lib/contract/limits";
import type { ServerToClient } from "@/lib/contract/server-events";
import type { Actor } from "@/lib/usecases/actor";
import { codedParser } from "./coded-refusals";
import { encodeOnce } from "./encode-once";

type Adapter = NonNullable<ServerOptions["adapter"]>;

interface NodeToNode {
  "node:drain": (
    command: { instance: string; draining: boolean },
    answer: (isMeant: boolean) => void,
  ) => void;
}

/** What is known of a socket once its handshake passed. */
interface SocketData {
  actor: Actor;
}

export type RealtimeServer = Server<ClientToServer, ServerToClient, NodeToNode, SocketData>;
export type RealtimeSocket = Socket<ClientToServer, ServerToClient, NodeToNode, SocketData>;

/**
 * Socket.IO, not yet listening: the fan-out needs it before the use cases exist, and the gateway after.
 *
 * A peer that vanished is noticed within 35 s. There is no session recovery: a client that comes back calls `sync`.
 */
export function createSocketServer(options: { adapter?: Adapter } = {}): RealtimeServer {
  const server: RealtimeServer = new Server({
    ...options,
    path: SOCKET_PATH,
    parser: codedParser,
    serveClient: false,
    transports: ["polling", "websocket"],
    maxHttpBufferSize: LIMITS.frameBytes,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    connectTimeout: 20_000,
    perMessageDeflate: false,
    // The HTTP server answers for the upgrades that are not ours.
    destroyUpgrade: false,
  });
  encodeOnce(server.encoder);
  return server;
}

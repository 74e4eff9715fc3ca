import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { type Socket as ClientSocket, io as connectClient } from "socket.io-client";
import { type ClusterAdapter, createClusterAdapter, type RoutingName } from "../create-cluster-adapter";
import type { RedisSettings } from "../redis/settings";
import { connectFor, silentLog } from "./connect";
import { SHORT_LEASES } from "./node";
import { waitUntil } from "./wait-until";

/** A node with a real Socket.IO server, in this process; its clients join the room `user:<name>` by their query. */
export interface SocketNode {
  readonly io: Server;
  readonly cluster: ClusterAdapter;
  /** Why it told its clients to fetch, in order. */
  readonly gaps: string[];
  /** A client of this user, once the other nodes can find it. */
  connect(user: string): Promise<Client>;
  close(): Promise<void>;
}

export interface Client {
  readonly socket: ClientSocket;
  /** The arguments of every event, in order. */
  readonly received: unknown[][];
}

export interface SocketNodeOptions {
  readonly target: RedisSettings["target"];
  readonly routing?: RoutingName;
  readonly settings?: Partial<RedisSettings>;
}

export async function startSocketNode(options: SocketNodeOptions): Promise<SocketNode> {
  const { target, routing = "directed", settings = {} } = options;
  const redis = connectFor(target, settings);
  const gaps: string[] = [];
  const cluster = createClusterAdapter({
    routing,
    redis,
    log: silentLog,
    leases: SHORT_LEASES,
    describe: () => ({ name: "test" }),
    isDirected: (room) => room.startsWith("user:"),
    onGap: (reason) => void gaps.push(reason),
    onRefused: (error) => void gaps.push(error.message),
  });
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"] });
  io.adapter(cluster.adapter);
  io.on("connection", async (socket) => {
    await socket.join(`user:${String(socket.handshake.query.user)}`);
    socket.emit("ready");
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  await cluster.start();
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const clients: ClientSocket[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    for (const client of clients) client.disconnect();
    await io.close();
    await Promise.allSettled([cluster.close()]);
    redis.close();
  }

  return {
    io,
    cluster,
    gaps,
    async connect(user) {
      const socket = connectClient(`http://127.0.0.1:${port}`, {
        transports: ["websocket"],
        query: { user },
      });
      clients.push(socket);
      const received: unknown[][] = [];
      const ready = new Promise((resolve) => socket.once("ready", resolve));
      await ready;
      socket.onAny((...args: unknown[]) => void received.push(args));
      return { socket, received };
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** Waits until all these nodes know each other and route to whom it concerns only. */
export async function settled(...nodes: readonly SocketNode[]): Promise<void> {
  await waitUntil("the nodes are settled", () =>
    nodes.every(({ cluster }) => cluster.isSettled && cluster.membership.live.size === nodes.length),
  );
}

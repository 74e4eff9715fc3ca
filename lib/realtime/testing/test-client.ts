import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { vi } from "vitest";
import { z } from "zod";
import { errorCode } from "@/lib/contract/errors";
import type { TestNode } from "./test-node";
import type { TestUser } from "./test-user";

/** What every acknowledgement carries, whatever else there is. */
const answer = z.union([
  z.looseObject({ ok: z.literal(true) }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({
      code: errorCode,
      message: z.string().min(1),
      retryAfterMs: z.number().positive().optional(),
    }),
  }),
]);
export type AnyAnswer = z.infer<typeof answer>;

/** Why a handshake was refused, as `err.data` has it; undefined when there was no connection at all. */
const refusal = z.object({ code: errorCode, message: z.string(), retryAfterMs: z.number().optional() });

/** A client that sends whatever it is told to, and keeps what it hears. */
export interface TestClient {
  socket: Socket;
  /** Every event so far: its name and its payload. */
  heard: [string, unknown][];
  /** Payloads of one event. */
  heardOf(event: string): unknown[];
  /** Emits and gives the answer. Rejects when there is none within 10 s. */
  ask(event: string, ...args: unknown[]): Promise<AnyAnswer>;
}

type Node = Pick<TestNode, "url">;
type Options = Partial<ManagerOptions & SocketOptions>;

function open(node: Node, options: Options): TestClient {
  const socket = io(node.url, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    ...options,
  });
  const heard: [string, unknown][] = [];
  socket.onAny((event: string, payload: unknown) => heard.push([event, payload]));
  return {
    socket,
    heard,
    heardOf: (event) => heard.filter(([name]) => name === event).map(([, payload]) => payload),
    ask: async (event, ...args) => answer.parse(await socket.timeout(10_000).emitWithAck(event, ...args)),
  };
}

/** A connected client of this user, by token unless the options say otherwise. */
export async function connect(node: Node, user: TestUser, options: Options = {}): Promise<TestClient> {
  const client = open(node, { auth: { token: user.token }, ...options });
  await new Promise<void>((resolve, reject) => {
    client.socket.once("connect", resolve);
    client.socket.once("connect_error", reject);
    client.socket.connect();
  });
  return client;
}

/** Why a handshake with these options is refused: its code, or `no connection` when it came to no handshake. */
export async function refusalOf(
  node: Node,
  options: Options,
): Promise<z.infer<typeof refusal> | "no connection" | "connected"> {
  const { socket } = open(node, options);
  try {
    return await new Promise((resolve) => {
      socket.once("connect", () => resolve("connected"));
      socket.once("connect_error", (error) => {
        const parsed = refusal.safeParse("data" in error ? error.data : undefined);
        resolve(parsed.success ? parsed.data : "no connection");
      });
      socket.connect();
    });
  } finally {
    socket.disconnect();
  }
}

/** Waits until the server closed this client's socket. */
export async function closed(client: TestClient, timeout = 5_000): Promise<void> {
  await vi.waitFor(
    () => {
      if (client.socket.connected) throw new Error("The socket is still open.");
    },
    { timeout },
  );
}

import { io, type Socket } from "socket.io-client";
import type { Answer, ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import { SOCKET_PATH } from "@/lib/contract/handshake";

/** A client of the contract, from outside: a socket with an API token. */
export interface CheckerClient {
  readonly socket: Socket;
  /** Undefined when no answer came in time or the connection was lost: the fate of the request is unknown. */
  call<E extends ClientEventName>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Answer<ClientResults[E]> | undefined>;
}

const ANSWER_WITHIN_MS = 10_000;

/** Connects and waits for the first connection. It reconnects by itself, quickly, as long as it is open. */
export async function connectClient(url: string, token: string): Promise<CheckerClient> {
  const socket = io(url, {
    path: SOCKET_PATH,
    transports: ["websocket"],
    auth: { token },
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
    forceNew: true,
  });
  if (!socket.connected) await new Promise<void>((resolve) => socket.once("connect", resolve));
  return {
    socket,
    call: (event, payload) => ask(socket, event, payload),
  };
}

/** Asks once. Undefined when no answer came in time or the connection was lost. */
export async function ask<E extends ClientEventName>(
  socket: Socket,
  event: E,
  payload: ClientPayload<E>,
): Promise<Answer<ClientResults[E]> | undefined> {
  if (!socket.connected) return undefined;
  return firstOf(socket, socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, payload));
}

/** The answer, or undefined at the loss of the connection: Socket.IO itself would wait for its time-out. */
function firstOf<R>(socket: Socket, answer: Promise<Answer<R>>): Promise<Answer<R> | undefined> {
  return new Promise((resolve) => {
    const lost = () => resolve(undefined);
    socket.once("disconnect", lost);
    answer
      .catch(() => undefined)
      .then(resolve)
      .finally(() => socket.off("disconnect", lost));
  });
}

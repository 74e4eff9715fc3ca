import { io, type Socket } from "socket.io-client";
import type { Answer, ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import { SOCKET_PATH } from "@/lib/contract/handshake";
import type { ServerEvents } from "@/lib/contract/server-events";

const ANSWER_MS = 10_000;

export interface Handshake {
  token?: string;
  /** The session's cookie; a browser sends it with the page's `Origin`. */
  cookie?: string;
  origin?: string;
  /** What it says it is. */
  userAgent?: string;
}

/** A client of the contract that is no browser. */
export class ContractClient {
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Connects once, and does not come back by itself. @throws Error with `data.code` when it is refused. */
  static async connect(
    url: string,
    { token, cookie, origin, userAgent }: Handshake,
  ): Promise<ContractClient> {
    const socket = io(url, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
      ...(token !== undefined && { auth: { token } }),
      extraHeaders: {
        ...(cookie !== undefined && { Cookie: cookie }),
        ...(origin !== undefined && { Origin: origin }),
        ...(userAgent !== undefined && { "User-Agent": userAgent }),
      },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("connect_error", (error) => {
        socket.disconnect();
        reject(error);
      });
    });
    return new ContractClient(socket);
  }

  async ask<E extends ClientEventName>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Answer<ClientResults[E]>> {
    return this.socket.timeout(ANSWER_MS).emitWithAck(event, payload);
  }

  /** The result. @throws Error when the server refused */
  async call<E extends ClientEventName>(event: E, payload: ClientPayload<E>): Promise<ClientResults[E]> {
    const answer = await this.ask(event, payload);
    if (!answer.ok) throw new Error(`${event} was answered with ${JSON.stringify(answer.error)}`);
    return answer;
  }

  /** The next event of this name. */
  next<E extends keyof ServerEvents>(event: E): Promise<ServerEvents[E]> {
    return new Promise((resolve) => {
      this.socket.once<string>(event, resolve);
    });
  }

  /** Resolves when the server closed the connection; how many milliseconds that took. */
  async closed(): Promise<number> {
    const began = performance.now();
    if (this.socket.connected) await new Promise((resolve) => this.socket.once("disconnect", resolve));
    return performance.now() - began;
  }

  close(): void {
    this.socket.disconnect();
  }
}

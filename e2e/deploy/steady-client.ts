import { expect } from "@playwright/test";
import { io, type Socket } from "socket.io-client";
import { SOCKET_PATH } from "@/lib/contract/handshake";

const ANSWER_MS = 5_000;

/** A client that comes back by itself, by one transport only, and keeps no cookies. */
export class SteadyClient {
  readonly socket: Socket;
  /** How often the connection was lost. */
  losses = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("disconnect", () => {
      this.losses += 1;
    });
  }

  static async connect(
    url: string,
    token: string,
    transport: "websocket" | "polling",
  ): Promise<SteadyClient> {
    const socket = io(url, {
      path: SOCKET_PATH,
      transports: [transport],
      auth: { token },
      forceNew: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
    });
    await new Promise((resolve) => socket.once("connect", () => resolve(undefined)));
    return new SteadyClient(socket);
  }

  /** Whether a question gets its answer now. */
  async isServed(): Promise<boolean> {
    if (!this.socket.connected) return false;
    const answer = await this.socket
      .timeout(ANSWER_MS)
      .emitWithAck("sync", {})
      .catch(() => undefined);
    return answer?.ok === true;
  }

  /** Expects to be served within so many milliseconds, on whatever node. */
  async comesBack(withinMs: number): Promise<void> {
    await expect.poll(() => this.isServed(), { timeout: withinMs, intervals: [100] }).toBe(true);
  }

  /** Resolves when the connection that stands now is lost. */
  async lost(): Promise<void> {
    if (this.socket.connected) await new Promise((resolve) => this.socket.once("disconnect", resolve));
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Asks for a page again and again, one request after the other, until it is stopped; gives the answers that were no 200. */
export function askSteadily(url: string) {
  const bad: string[] = [];
  let asked = 0;
  let going = true;
  const ended = (async () => {
    while (going) {
      const answer = await fetch(url, { redirect: "manual" }).catch((error: unknown) => String(error));
      asked += 1;
      if (typeof answer === "string") bad.push(answer);
      else {
        await answer.arrayBuffer();
        if (answer.status !== 200) bad.push(String(answer.status));
      }
    }
  })();
  return {
    async stop() {
      going = false;
      await ended;
      return { asked, bad };
    },
  };
}

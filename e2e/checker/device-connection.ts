import { setTimeout as delay } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Answer, ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import { SOCKET_PATH } from "@/lib/contract/handshake";
import { ask } from "./client";
import type { History } from "./history";
import type { Place } from "./places";

export interface ConnectionOptions {
  /** The device's. */
  name: string;
  /** The username. */
  user: string;
  token: string;
  /** Where to go next; the last place was lost, when there was one. */
  place(lost: Place | undefined): Place;
  /** False: once it lost its connection, it stays away. */
  returns: boolean;
  history: History;
  /** Seeded, from 0 below 1. */
  random(): number;
}

/** Who is told of each new socket. */
interface SocketOwner {
  /** Before it is connected. */
  listen(socket: Socket): void;
  /** Once it is connected; nobody waits for it. */
  settleIn(socket: Socket): Promise<void>;
}

const CONNECT_WITHIN_MS = 5_000;
const LONGEST_PAUSE_MS = 1_000;

/** A device's way to the cluster: one socket after the other, each noted in the history with its node and its times. */
export class DeviceConnection {
  readonly #options: ConnectionOptions;
  readonly #owner: SocketOwner;
  readonly #ending = new AbortController();
  #socket: Socket | undefined;
  #place: Place | undefined;
  #running: Promise<void> | undefined;

  constructor(options: ConnectionOptions, owner: SocketOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  get isConnected(): boolean {
    return this.#socket?.connected === true;
  }

  get isEnded(): boolean {
    return this.#ending.signal.aborted;
  }

  /** The node it is or was connected to. */
  get node(): string {
    return this.#place?.name ?? "";
  }

  /** Connects, and comes back whenever it is lost, until it is closed or ended. */
  start(): void {
    this.#running = this.#run();
  }

  /** It does not come back when it is lost next. */
  end(): void {
    this.#ending.abort();
  }

  async close(): Promise<void> {
    this.end();
    this.drop();
    await this.#running;
  }

  /** Drops the socket, as when a network goes away. */
  drop(): void {
    this.#socket?.disconnect();
  }

  /** Whoever gets no answer for so long takes the connection for lost and goes elsewhere. */
  async call<E extends ClientEventName>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Answer<ClientResults[E]> | undefined> {
    const socket = this.#socket;
    if (socket === undefined) return undefined;
    const answer = await ask(socket, event, payload);
    if (answer === undefined && socket.connected) socket.disconnect();
    return answer;
  }

  async #run(): Promise<void> {
    let attempt = 0;
    while (!this.isEnded) {
      const lasted = await this.#connectOnce();
      attempt = lasted ? 0 : attempt + 1;
      if (lasted && !this.#options.returns) this.end();
      const most = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt);
      if (!this.isEnded) await delay(most * (0.5 + this.#options.random() / 2));
    }
  }

  /** False when the connection did not come about. */
  async #connectOnce(): Promise<boolean> {
    const place = this.#options.place(this.#place);
    this.#place = place;
    const socket = io(place.url, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      auth: { token: this.#options.token },
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_WITHIN_MS,
    });
    this.#socket = socket;
    this.#owner.listen(socket);
    const connected = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("connect_error", (error: Error & { data?: { code?: string } }) => {
        if (error.data?.code === "unauthenticated") this.end();
        resolve(false);
      });
      this.#ending.signal.addEventListener("abort", () => resolve(false), { once: true });
    });
    if (connected) await this.#stay(socket, place);
    socket.disconnect();
    return connected;
  }

  async #stay(socket: Socket, place: Place): Promise<void> {
    const connection = {
      device: this.#options.name,
      user: this.#options.user,
      node: place.name,
      from: performance.now(),
      to: Number.POSITIVE_INFINITY,
    };
    this.#options.history.connections.push(connection);
    const lost = new Promise<void>((resolve) => socket.once("disconnect", () => resolve()));
    if (!socket.connected) {
      connection.to = performance.now();
      return;
    }
    void this.#owner.settleIn(socket);
    await lost;
    connection.to = performance.now();
  }
}

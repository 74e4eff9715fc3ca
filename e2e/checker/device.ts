import { setTimeout as delay } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Answer, ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import { SOCKET_PATH } from "@/lib/contract/handshake";
import { conversationId as parseConversation, userId as parseUser } from "@/lib/contract/ids";
import type { ServerEvents } from "@/lib/contract/server-events";
import type { Change, Head } from "@/lib/contract/shapes";
import { ask } from "./client";
import { ConversationView } from "./conversation-view";
import type { Heard, History } from "./history";
import type { Place } from "./places";

export interface DeviceOptions {
  name: string;
  /** The username. */
  user: string;
  token: string;
  /** Where to go next; the last place was lost, when there was one. */
  place(lost: Place | undefined): Place;
  /** False: once it lost its connection, it stays away. */
  returns: boolean;
  repairsGaps: boolean;
  history: History;
  /** Seeded, from 0 below 1. */
  random(): number;
}

const CONNECT_WITHIN_MS = 5_000;
const LONGEST_PAUSE_MS = 1_000;
const GAP_WAIT_MS = 300;
const CHANGES_PAGE = 500;

/** One browser or program of a user, as the contract describes a client; it notes what it sees in the history. */
export class Device {
  readonly name: string;
  readonly user: string;
  readonly views = new Map<string, ConversationView>();
  readonly #options: DeviceOptions;
  readonly #ending = new AbortController();
  readonly #repairing = new Set<string>();
  #socket: Socket | undefined;
  #place: Place | undefined;
  #running: Promise<void> | undefined;
  #watched: readonly string[] = [];

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.name = options.name;
    this.user = options.user;
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

  /** Connects, and comes back whenever it is lost, until it is closed or its session ends. */
  start(): void {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    this.#socket?.disconnect();
    await this.#running;
  }

  /** Drops the connection, as when a network goes away. */
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

  async watchPresence(userIds: readonly string[]): Promise<void> {
    this.#watched = userIds;
    const answer = await this.call("presence:watch", { userIds: userIds.map((id) => parseUser.parse(id)) });
    if (answer?.ok) for (const presence of answer.presence) this.#sawPresence(presence);
  }

  /** Takes a fresh snapshot and what it says is new. */
  async synchronize(): Promise<Head[] | undefined> {
    const answer = await this.call("sync", {});
    if (!answer?.ok) return undefined;
    for (const head of answer.conversations) this.#takeHead(head);
    return answer.conversations;
  }

  async #run(): Promise<void> {
    let attempt = 0;
    while (!this.isEnded) {
      const lasted = await this.#connectOnce();
      attempt = lasted ? 0 : attempt + 1;
      if (lasted && !this.#options.returns) this.#ending.abort();
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
    this.#listen(socket);
    const connected = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("connect_error", (error: Error & { data?: { code?: string } }) => {
        if (error.data?.code === "unauthenticated") this.#ending.abort();
        resolve(false);
      });
      this.#ending.signal.addEventListener("abort", () => resolve(false), { once: true });
    });
    if (connected) await this.#stay(socket, place);
    socket.disconnect();
    return connected;
  }

  async #stay(socket: Socket, place: Place): Promise<void> {
    const from = performance.now();
    const connection = {
      device: this.name,
      user: this.user,
      node: place.name,
      from,
      to: Number.POSITIVE_INFINITY,
    };
    this.#options.history.connections.push(connection);
    const lost = new Promise<void>((resolve) => socket.once("disconnect", () => resolve()));
    if (!socket.connected) {
      connection.to = performance.now();
      return;
    }
    void this.#settleIn(socket);
    await lost;
    connection.to = performance.now();
  }

  /** A snapshot can fail while the database is away: again, as long as this connection lasts. */
  async #settleIn(socket: Socket): Promise<void> {
    while (socket.connected && (await this.synchronize()) === undefined) await delay(500);
    if (socket.connected && this.#watched.length > 0) await this.watchPresence(this.#watched);
  }

  #listen(socket: Socket): void {
    const on = <E extends keyof ServerEvents>(event: E, take: (payload: ServerEvents[E]) => void) =>
      socket.on<string>(event, take);
    on("change", (change) => {
      this.#heard("change", change.conversationId);
      this.#offer(change);
    });
    on("head", (head) => {
      this.#heard("head", head.id);
      this.#takeHead(head);
    });
    on("receipt", ({ conversationId }) => this.#heard("receipt", conversationId));
    on("typing", ({ conversationId }) => this.#heard("typing", conversationId));
    on("gone", ({ conversationId }) => this.views.delete(conversationId));
    on("presence", (presence) => this.#sawPresence(presence));
    on("resync", ({ withinMs }) => this.#later(withinMs, () => void this.synchronize()));
    on("drain", ({ withinMs }) => this.#later(withinMs / 2, () => socket.disconnect()));
    on("session:end", () => this.#ending.abort());
  }

  #later(withinMs: number, act: () => void): void {
    setTimeout(act, this.#options.random() * withinMs).unref();
  }

  #heard(event: Heard["event"], conversation: string): void {
    const at = performance.now();
    this.#options.history.heard.push({ device: this.name, user: this.user, conversation, event, at });
  }

  #sawPresence({ userId, state }: ServerEvents["presence"]): void {
    this.#options.history.presence.push({ watcher: this.name, user: userId, state, at: performance.now() });
  }

  #view(conversation: string): ConversationView {
    const known = this.views.get(conversation);
    if (known !== undefined) return known;
    const view = new ConversationView(conversation, this.user, this.#options.repairsGaps);
    this.views.set(conversation, view);
    return view;
  }

  #takeHead({ id, readSeq, lastRev }: Head): void {
    const view = this.#view(id);
    view.readSeq = readSeq;
    view.expect(lastRev);
    this.#repairSoon(view);
  }

  #offer(change: Change): void {
    const view = this.#view(change.conversationId);
    const { history } = this.#options;
    for (const { rev, type, message } of view.offer(change)) {
      history.applied.push({
        device: this.name,
        user: this.user,
        conversation: view.id,
        rev,
        type,
        seq: message?.seq,
        version: message?.version,
        deleted: message?.deletedAt !== undefined,
        at: performance.now(),
      });
    }
    this.#repairSoon(view);
  }

  #repairSoon(view: ConversationView): void {
    if (!view.isMissing || this.#repairing.has(view.id)) return;
    this.#repairing.add(view.id);
    void delay(GAP_WAIT_MS)
      .then(() => this.#repair(view))
      .finally(() => {
        this.#repairing.delete(view.id);
        if (view.isMissing && this.isConnected && this.views.get(view.id) === view) this.#repairSoon(view);
      });
  }

  async #repair(view: ConversationView): Promise<void> {
    while (view.isMissing && this.isConnected && this.views.get(view.id) === view) {
      const query = {
        conversationId: parseConversation.parse(view.id),
        afterRev: view.rev,
        limit: CHANGES_PAGE,
      };
      const answer = await this.call("conversation:changes", query);
      if (answer?.ok) {
        for (const change of answer.changes) this.#offer(change);
        if (answer.changes.length === 0) return;
      } else if (answer !== undefined && answer.error.code === "not_found") {
        this.views.delete(view.id);
      } else await delay(500);
    }
  }
}

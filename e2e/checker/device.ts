import { setTimeout as delay } from "node:timers/promises";
import type { Socket } from "socket.io-client";
import type { Answer, ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import { conversationId as parseConversation, userId as parseUser } from "@/lib/contract/ids";
import type { ServerEvents } from "@/lib/contract/server-events";
import type { Change, Head } from "@/lib/contract/shapes";
import { ConversationView } from "./conversation-view";
import { type ConnectionOptions, DeviceConnection } from "./device-connection";
import type { Heard } from "./history";

export interface DeviceOptions extends ConnectionOptions {
  repairsGaps: boolean;
}

const GAP_WAIT_MS = 300;
const CHANGES_PAGE = 500;

/** One browser or program of a user, as the contract describes a client; it notes what it sees in the history. */
export class Device {
  readonly name: string;
  readonly user: string;
  readonly views = new Map<string, ConversationView>();
  readonly #options: DeviceOptions;
  readonly #connection: DeviceConnection;
  readonly #repairing = new Set<string>();
  #watched: readonly string[] = [];

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.name = options.name;
    this.user = options.user;
    this.#connection = new DeviceConnection(options, {
      listen: (socket) => this.#listen(socket),
      settleIn: (socket) => this.#settleIn(socket),
    });
  }

  get isConnected(): boolean {
    return this.#connection.isConnected;
  }

  get isEnded(): boolean {
    return this.#connection.isEnded;
  }

  /** The node it is or was connected to. */
  get node(): string {
    return this.#connection.node;
  }

  /** Connects, and comes back whenever it is lost, until it is closed or its session ends. */
  start(): void {
    this.#connection.start();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Drops the connection, as when a network goes away. */
  drop(): void {
    this.#connection.drop();
  }

  /** Whoever gets no answer for so long takes the connection for lost and goes elsewhere. */
  call<E extends ClientEventName>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Answer<ClientResults[E]> | undefined> {
    return this.#connection.call(event, payload);
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
    on("session:end", () => this.#connection.end());
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
        deleted: message?.deleted === true,
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

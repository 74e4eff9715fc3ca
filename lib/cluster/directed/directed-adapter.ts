import {
  Adapter,
  type BroadcastFlags,
  type BroadcastOptions,
  ClusterAdapterWithHeartbeat,
  type ClusterMessage,
  type ClusterResponse,
  MessageType,
} from "socket.io-adapter";
import { encodeOptions } from "../routing/encode-options";
import type { AdapterNamespace, EventListener, LocalNamespace, Packet } from "../routing/routing";
import { selectSockets } from "../routing/select-sockets";
import type { Bus } from "./bus";
import { eventPrefix, packetOf, writePacket } from "./local-sockets";
import type { PacketMessage } from "./message";
import { NamespaceLink, type Unsigned } from "./namespace-link";
import { emitElsewhere, fetchElsewhere } from "./questions";

export interface DirectedAdapterOptions {
  readonly bus: Bus;
  /** Rooms that are listed in the registry: what is emitted to them reaches only the nodes that hold them. */
  readonly isDirected: (room: string) => boolean;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
  readonly onEvent?: EventListener | undefined;
}

/**
 * The adapter of one namespace. What is emitted reaches the sockets here at once, without waiting for anything; then it
 * goes to the nodes that hold one of its rooms, or to all when it has no room or one that is not listed.
 */
export class DirectedAdapter extends ClusterAdapterWithHeartbeat {
  readonly #namespace: LocalNamespace;
  readonly #options: DirectedAdapterOptions;
  readonly #link: NamespaceLink;

  constructor(namespace: AdapterNamespace, options: DirectedAdapterOptions) {
    super(namespace, {});
    this.#namespace = this.nsp;
    this.#options = options;
    this.#link = new NamespaceLink({ ...options, namespace: namespace.name, uid: this.uid });
    this.on("delete-room", (room: string) => {
      if (options.isDirected(room)) options.bus.rooms.remove(this.#link.listed(room));
    });
    options.bus.attach(namespace.name, {
      receivePacket: (message) => this.#receivePacket(message),
      receiveMessage: (content, from) => this.#receiveMessage(content, from),
      keep: (live) => this.#link.keep(live),
    });
  }

  /** Fulfilled when the other nodes can find this socket by its directed rooms, or after a second; never rejects. */
  override addAll(id: string, rooms: Set<string>): Promise<void> | void {
    super.addAll(id, rooms);
    const announced: Promise<void>[] = [];
    for (const room of rooms) {
      if (!this.#options.isDirected(room)) continue;
      const done = this.#options.bus.rooms.add(this.#link.listed(room));
      if (done !== undefined) announced.push(done);
    }
    return announced.length > 0 ? Promise.all(announced).then(() => undefined) : undefined;
  }

  override serverCount(): Promise<number> {
    return Promise.resolve(1 + this.#options.bus.peers.length);
  }

  override close(): void {
    super.close();
    this.#link.close();
    this.#options.bus.detach(this.#namespace.name);
  }

  /** @throws what the encoder throws, before anything is sent. */
  override broadcast(packet: Packet, opts: BroadcastOptions): Promise<void> {
    const { name } = this.#namespace;
    packet.nsp = name;
    const encoded = this.#namespace.server.encoder.encode(packet);
    const ids = selectSockets(this, opts.rooms, opts.except ?? NO_ROOMS);
    writePacket(this.#namespace, ids, packet, encoded, opts.flags ?? NO_FLAGS);
    if (opts.flags?.local === true) return DONE;
    const [only] = encoded;
    // With binary data, or from another parser, the other nodes encode it themselves.
    if (encoded.length === 1 && typeof only === "string" && only.startsWith(eventPrefix(name))) {
      this.#link.sendPacket(only, opts);
    } else {
      this.#link.tell(
        { type: MessageType.BROADCAST, data: { packet, opts: encodeOptions(opts) } },
        opts.rooms,
      );
    }
    return DONE;
  }

  override broadcastWithAck(
    packet: Packet,
    opts: BroadcastOptions,
    clientCountCallback: (clientCount: number) => void,
    ack: (response: unknown) => void,
  ): void {
    // Socket.IO waits for a count from each server, also from those that are not told. Nothing is complete before the
    // last of them, so the sum is told once, and nothing for all the others.
    const servers = 1 + this.#options.bus.peers.length;
    let here = 0;
    const complete = (elsewhere: number) => {
      clientCountCallback(here + elsewhere);
      for (let other = 1; other < servers; other += 1) clientCountCallback(0);
    };
    const countHere = (clients: number) => {
      here = clients;
    };
    Adapter.prototype.broadcastWithAck.call(this, packet, opts, countHere, ack);
    if (opts.flags?.local === true) {
      complete(0);
      return;
    }
    emitElsewhere(this.#link, packet, opts, { ack, complete }).catch((error: unknown) => {
      this.#options.onError(error);
      complete(0);
    });
  }

  override addSockets(opts: BroadcastOptions, rooms: string[]): Promise<void> {
    Adapter.prototype.addSockets.call(this, opts, rooms);
    return this.#tell(opts, { type: MessageType.SOCKETS_JOIN, data: { opts: encodeOptions(opts), rooms } });
  }

  override delSockets(opts: BroadcastOptions, rooms: string[]): Promise<void> {
    Adapter.prototype.delSockets.call(this, opts, rooms);
    return this.#tell(opts, { type: MessageType.SOCKETS_LEAVE, data: { opts: encodeOptions(opts), rooms } });
  }

  override disconnectSockets(opts: BroadcastOptions, close: boolean): Promise<void> {
    Adapter.prototype.disconnectSockets.call(this, opts, close);
    const data = { opts: encodeOptions(opts), close };
    return this.#tell(opts, { type: MessageType.DISCONNECT_SOCKETS, data });
  }

  /** @throws Error when a node that holds one of the rooms does not answer in time. */
  override async fetchSockets(opts: BroadcastOptions): Promise<unknown[]> {
    const here: unknown[] = await Adapter.prototype.fetchSockets.call(this, opts);
    return opts.flags?.local === true ? here : [...here, ...(await fetchElsewhere(this.#link, opts))];
  }

  /** What Socket.IO's own class sends: heartbeats and what servers emit to each other. */
  protected override async doPublish(message: ClusterMessage): Promise<string> {
    this.#link.tell(message);
    return "";
  }

  protected override async doPublishResponse(requesterUid: string, response: ClusterResponse): Promise<void> {
    this.#link.answer(requesterUid, response);
  }

  #tell(opts: BroadcastOptions, message: Unsigned<ClusterMessage>): Promise<void> {
    if (opts.flags?.local !== true) this.#link.tell(message, opts.rooms);
    return DONE;
  }

  #receivePacket({ rooms, except, flags, payload }: PacketMessage): boolean {
    const barred = this.#options.onEvent?.(payload, rooms) ?? [];
    const ids = selectSockets(this, rooms, barred.length === 0 ? except : [...except, ...barred]);
    const packet = packetOf(this.#namespace.name, payload);
    return writePacket(this.#namespace, ids, packet, [payload], flags) > 0;
  }

  #receiveMessage(content: ClusterMessage | ClusterResponse, from: string): boolean {
    this.#link.noteSender(content.uid, from);
    if (isResponse(content)) {
      if (!this.#link.receive(content, from)) this.onResponse(content);
      return true;
    }
    const isWanted = this.#concerns(content);
    this.onMessage(content);
    return isWanted;
  }

  #concerns(message: ClusterMessage): boolean {
    if (!("data" in message) || !("opts" in message.data)) return true;
    const { rooms, except } = message.data.opts;
    return selectSockets(this, rooms, except).size > 0;
  }
}

const NO_ROOMS: ReadonlySet<string> = new Set();
const NO_FLAGS: BroadcastFlags = {};
const DONE = Promise.resolve();

const RESPONSES: ReadonlySet<number> = new Set([
  MessageType.FETCH_SOCKETS_RESPONSE,
  MessageType.SERVER_SIDE_EMIT_RESPONSE,
  MessageType.BROADCAST_CLIENT_COUNT,
  MessageType.BROADCAST_ACK,
]);

function isResponse(content: ClusterMessage | ClusterResponse): content is ClusterResponse {
  return RESPONSES.has(content.type);
}

import type { BroadcastFlags, BroadcastOptions, ClusterMessage, ClusterResponse } from "socket.io-adapter";
import type { Bus } from "./bus";
import { encodeAdapterMessage, encodePacket } from "./message";
import type { Destination } from "./outgoing";
import { type RequestOptions, Requests } from "./requests";

export interface NamespaceLinkOptions {
  readonly bus: Bus;
  readonly namespace: string;
  /** The adapter's id, by which the others address it. */
  readonly uid: string;
  /** Rooms that are listed in the registry. */
  readonly isDirected: (room: string) => boolean;
  readonly newId: () => string;
}

/** A message before it is known who sends it. */
export type Unsigned<Message> = Message extends unknown ? Omit<Message, "uid" | "nsp"> : never;

/** What one namespace says to and asks of the same namespace on the other nodes. */
export class NamespaceLink {
  readonly #options: NamespaceLinkOptions;
  readonly #requests = new Requests();
  /** Adapter → the node it runs on. */
  readonly #nodeOf = new Map<string, string>();

  constructor(options: NamespaceLinkOptions) {
    this.#options = options;
  }

  isDirected(room: string): boolean {
    return this.#options.isDirected(room);
  }

  /** The name of a room in the registry, which all namespaces share. */
  listed(room: string): string {
    return `${this.#options.namespace} ${room}`;
  }

  /** An encoded event for clients. */
  sendPacket(payload: string, { rooms, except, flags }: BroadcastOptions): void {
    const { bus, namespace } = this.#options;
    const packet = { namespace, payload, except: [...(except ?? [])], flags: flags ?? NO_FLAGS };
    const all = [...rooms];
    bus.publish({
      to: this.#destination(all),
      textFor: (held) => encodePacket(packet, held ?? all),
      isVolatile: flags?.volatile === true,
      since: performance.now(),
    });
  }

  /** A message for the adapters of all nodes that the rooms concern; without rooms of all nodes. */
  tell(message: Unsigned<ClusterMessage>, rooms: Iterable<string> = []): void {
    this.#send(this.#destination([...rooms]), { ...message, ...this.#signature });
  }

  /** Answers the adapter that asked; nobody when it was never heard of. */
  answer(uid: string, response: ClusterResponse): void {
    const node = this.#nodeOf.get(uid);
    if (node !== undefined) this.#send({ kind: "nodes", nodes: [node] }, response);
  }

  /**
   * Asks the nodes that the rooms concern; without rooms all.
   *
   * @throws when Redis does not say which nodes that are: then nobody was asked.
   */
  async ask(
    rooms: ReadonlySet<string>,
    question: (requestId: string) => Unsigned<ClusterMessage>,
    handlers: Omit<RequestOptions, "id" | "nodes">,
  ): Promise<void> {
    const { bus, newId } = this.#options;
    const to = this.#destination([...rooms]);
    const nodes = to.kind === "rooms" ? await bus.holders(to.names) : bus.peers;
    const id = newId();
    this.#requests.ask({ ...handlers, id, nodes });
    if (nodes.length === 0) return;
    this.#send({ kind: "nodes", nodes }, { ...question(id), ...this.#signature });
  }

  /** Takes an answer in; false when nothing was asked here that it fits. */
  receive(response: ClusterResponse, from: string): boolean {
    return this.#requests.receive(response, from);
  }

  /** Remembers on which node an adapter runs. */
  noteSender(uid: string, node: string): void {
    this.#nodeOf.set(uid, node);
  }

  /** Forgets the nodes that are not live. */
  keep(live: ReadonlySet<string>): void {
    this.#requests.keep(live);
    for (const [uid, node] of this.#nodeOf) if (!live.has(node)) this.#nodeOf.delete(uid);
  }

  close(): void {
    this.#requests.close();
  }

  get #signature() {
    return { uid: this.#options.uid, nsp: this.#options.namespace };
  }

  #destination(rooms: readonly string[]): Destination {
    if (rooms.length === 0 || !rooms.every(this.#options.isDirected)) return { kind: "everybody" };
    return { kind: "rooms", rooms, names: rooms.map((room) => this.listed(room)) };
  }

  #send(to: Destination, content: ClusterMessage | ClusterResponse): void {
    // Encoded now: what the caller changes afterwards does not count, and what cannot be encoded fails here.
    const text = encodeAdapterMessage(content);
    this.#options.bus.publish({
      to,
      textFor: () => text,
      isVolatile: false,
      since: performance.now(),
    });
  }
}

const NO_FLAGS: BroadcastFlags = {};

import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** What becomes of the bytes in one direction. In a black hole they wait, as TCP makes them wait for a cut network. */
export type Weather =
  | { kind: "pass" }
  | { kind: "delay"; ms: number }
  | { kind: "throttle"; bytesPerSecond: number }
  | { kind: "blackhole" };

export type Direction = "toServer" | "toClient";

const CLEAR: Weather = { kind: "pass" };
const BOTH: readonly Direction[] = ["toServer", "toClient"];

/** One direction of one connection. */
class Stream {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #weather: () => Weather;
  #busy = false;

  constructor(from: Socket, to: Socket, weather: () => Weather) {
    this.#from = from;
    this.#to = to;
    this.#weather = weather;
    from.pause();
    from.on("readable", () => void this.flow());
  }

  /** Carries on; to be called again when the weather has changed. */
  async flow(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let chunk = this.#take(); chunk !== undefined; chunk = this.#take()) await this.#carry(chunk);
    this.#busy = false;
  }

  #take(): Buffer | undefined {
    if (this.#weather().kind === "blackhole" || this.#to.destroyed) return undefined;
    const chunk: unknown = this.#from.read();
    return chunk instanceof Buffer ? chunk : undefined;
  }

  async #carry(chunk: Buffer): Promise<void> {
    const weather = this.#weather();
    if (weather.kind === "delay") await pause(weather.ms);
    if (weather.kind === "throttle") await pause((chunk.length / weather.bytesPerSecond) * 1_000);
    if (this.#to.destroyed || this.#to.write(chunk)) return;
    await new Promise<void>((resolve) => {
      this.#to.once("drain", resolve);
      this.#to.once("close", resolve);
    });
  }
}

interface Connection {
  client: Socket;
  server: Socket;
  streams: readonly Stream[];
}

/** A TCP proxy before one server of this machine, which makes a bad network of this link. */
export class Link {
  readonly port: number;
  readonly #listener: Server;
  #target: number;
  readonly #connections = new Set<Connection>();
  readonly #sockets = new Set<Socket>();
  readonly #weather: Record<Direction, Weather> = { toServer: CLEAR, toClient: CLEAR };
  #refuses = false;
  #isHalfOpen = false;

  private constructor(listener: Server, port: number, target: number) {
    this.#listener = listener;
    this.port = port;
    this.#target = target;
    listener.on("connection", (client) => this.#accept(client));
  }

  static async to(target: number): Promise<Link> {
    const listener = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, "127.0.0.1");
    await once(listener, "listening");
    const address = listener.address();
    if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
    return new Link(listener, address.port, target);
  }

  /** The weather from now on, also for connections that are open. */
  set(weather: Weather, directions: readonly Direction[] = BOTH): void {
    for (const direction of directions) this.#weather[direction] = weather;
    for (const { streams } of this.#connections) for (const stream of streams) void stream.flow();
  }

  /** Whether a connection goes through on both sides. */
  get isOpen(): boolean {
    return [...this.#connections].some(({ client, server }) => !client.destroyed && !server.destroyed);
  }

  /** New connections go to another server; those that are open end. */
  retarget(target: number): void {
    this.#target = target;
    this.reset();
  }

  /** Cuts every connection off with a reset. */
  reset(): void {
    for (const { client, server } of [...this.#connections]) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** New connections are reset at once, as where nobody listens. */
  refuse(): void {
    this.#refuses = true;
    this.reset();
  }

  /** From now on neither side hears that the other one went. */
  halfOpen(): void {
    this.#isHalfOpen = true;
  }

  /** Good weather again. Connections of which one side is gone meanwhile end. */
  heal(): void {
    this.#refuses = false;
    this.#isHalfOpen = false;
    this.set(CLEAR);
    for (const { client, server } of [...this.#connections]) {
      if (client.destroyed || server.destroyed) {
        client.destroy();
        server.destroy();
      }
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, "close");
    this.#listener.close();
    this.refuse();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    if (this.#refuses) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.#target, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    client.setNoDelay(true);
    const streams = [
      new Stream(client, server, () => this.#weather.toServer),
      new Stream(server, client, () => this.#weather.toClient),
    ];
    const connection = { client, server, streams };
    this.#connections.add(connection);
    this.#follow(client, server, connection);
    this.#follow(server, client, connection);
  }

  /** One side's end becomes the other's, unless the link is half open. */
  #follow(one: Socket, other: Socket, connection: Connection): void {
    this.#sockets.add(one);
    one.on("error", () => one.destroy());
    one.on("end", () => {
      if (!this.#isHalfOpen) other.end();
    });
    one.on("close", () => {
      this.#sockets.delete(one);
      if (!this.#isHalfOpen) other.destroy();
      if (other.destroyed) this.#connections.delete(connection);
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import type { Duplex } from "node:stream";

/** `ready`: takes what is new. `unready`: keeps what it has (it drains, or its database is away). `unreachable`: has nothing. */
export type Health = "ready" | "unready" | "unreachable";

/** A node as the balancer sees it. */
export interface Backend {
  readonly name: string;
  /** Such as `http://127.0.0.1:3001`. */
  readonly origin: string;
  health: Health;
  /** Requests and WebSockets that it holds now. */
  connections: number;
  /** The clients' ends of its WebSockets, to be cut when it answers no more. */
  readonly sockets: Set<Duplex>;
}

/** A node of which nothing is known yet. */
export function createBackend(name: string, port: number): Backend {
  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    health: "unreachable",
    connections: 0,
    sockets: new Set(),
  };
}

/** Picks the backend for something new: a ready one that was not `tried`; undefined when there is none. */
export type Choose = (tried?: ReadonlySet<Backend>) => Backend | undefined;

/** Chooses the backend with the fewest connections; those with equally few take turns. */
export function createChoice(backends: readonly Backend[]): Choose {
  let last = -1;
  return (tried = new Set()) => {
    const inTurn = backends.map((_, offset) => (last + 1 + offset) % backends.length);
    const [best] = inTurn
      .flatMap((index) => {
        const backend = backends[index];
        return backend?.health === "ready" && !tried.has(backend) ? [{ backend, index }] : [];
      })
      .sort((one, other) => one.backend.connections - other.backend.connections);
    if (best === undefined) return undefined;
    last = best.index;
    return best.backend;
  };
}

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** When the proxy ends a WebSocket: as soon as the server agreed to it, or so many milliseconds later. */
export interface Impatience {
  /** Undefined: it lets WebSockets be. */
  afterMs: number | undefined;
}

export interface ImpatientProxy {
  url: string;
  /** May be changed at any time; holds for WebSockets from then on. */
  impatience: Impatience;
  /** Every connection so far. */
  readonly connections: number;
  /** WebSockets that the server agreed to. */
  readonly webSockets: number;
  /** Those that are not closed yet. */
  readonly openWebSockets: number;
  /** Ends what is open. */
  cut(): void;
  close(): Promise<void>;
}

const AGREED = "HTTP/1.1 101";

/** A TCP proxy in front of a server that lets every WebSocket open, and then closes it. Other requests it passes on. */
export async function startImpatientProxy(target: string, impatience: Impatience): Promise<ImpatientProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const agreed = new Set<Socket>();
  let connections = 0;
  let webSockets = 0;

  const server = createServer((client) => {
    connections += 1;
    const upstream = connect({ host: hostname, port: Number(port) });
    const close = () => {
      for (const socket of [client, upstream]) {
        open.delete(socket);
        agreed.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      // Whatever went wrong on one side, both are closed.
      socket.on("error", close).on("close", close);
    }
    client.pipe(upstream);
    upstream.on("data", (data) => {
      const isAgreement = data.subarray(0, AGREED.length).toString() === AGREED;
      const { afterMs } = proxy.impatience;
      if (isAgreement) {
        webSockets += 1;
        agreed.add(upstream);
      }
      if (isAgreement && afterMs === 0) {
        // Nothing but the agreement gets through, whatever stands behind it.
        client.end(data.subarray(0, data.indexOf("\r\n\r\n") + 4));
        upstream.destroy();
        return;
      }
      client.write(data);
      if (isAgreement && afterMs !== undefined) setTimeout(close, afterMs).unref();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const proxy: ImpatientProxy = {
    url: `http://127.0.0.1:${address.port}`,
    impatience,
    get connections() {
      return connections;
    },
    get webSockets() {
      return webSockets;
    },
    get openWebSockets() {
      return agreed.size;
    },
    cut,
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

import { connect, createServer, type Socket } from "node:net";

/** Stands before a server on this machine and loses what it is told to lose. */
export interface TcpProxy {
  port: number;
  /** The next thing the server says is lost, and with it the connection it was said on. */
  loseNextAnswer(): void;
  /** From now on nothing comes through, in neither direction, and nobody is told; until `heal`. */
  blackhole(): void;
  /** Drops what hangs and lets new connections through. */
  heal(): void;
  close(): Promise<void>;
}

export function startTcpProxy(target: number): Promise<TcpProxy> {
  const clients = new Set<Socket>();
  let loses = false;
  let isDark = false;
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    clients.add(client);
    client.on("close", () => {
      clients.delete(client);
      upstream.end();
    });
    upstream.on("close", () => client.destroy());
    for (const socket of [client, upstream]) socket.on("error", () => socket.destroy());
    client.on("data", (data) => {
      if (!isDark) upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (loses) {
        loses = false;
        client.destroy();
      } else if (!isDark) client.write(data);
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("No port was given."));
      resolve({
        port: address.port,
        loseNextAnswer() {
          loses = true;
        },
        blackhole() {
          isDark = true;
        },
        heal() {
          isDark = false;
          for (const client of clients) client.destroy();
        },
        close() {
          for (const client of clients) client.destroy();
          return new Promise((closed) => server.close(() => closed()));
        },
      });
    });
  });
}

import { once } from "node:events";
import { createServer, request } from "node:http";
import { pipeline } from "node:stream";

export interface Proxy {
  url: string;
  /** The transports that were asked for and refused or passed on. */
  transports: Set<string>;
  close(): void;
}

/** A proxy as companies have them: it passes requests on, and answers a WebSocket with 400. */
export async function startWebSocketFreeProxy(target: string): Promise<Proxy> {
  const transports = new Set<string>();
  const note = (path: string) => {
    const transport = new URL(path, target).searchParams.get("transport");
    if (transport !== null) transports.add(transport);
  };
  const proxy = createServer((incoming, answer) => {
    note(incoming.url ?? "/");
    const { method, headers } = incoming;
    const passedOn = request(new URL(incoming.url ?? "/", target), { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      pipeline(response, answer, () => undefined);
    });
    // Either side may go away at any time; then so does the other.
    pipeline(incoming, passedOn, () => undefined);
    passedOn.on("error", () => answer.destroy());
    answer.on("close", () => passedOn.destroy());
  });
  proxy.on("upgrade", (incoming, socket) => {
    note(incoming.url ?? "/");
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    url: `http://localhost:${address.port}`,
    transports,
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

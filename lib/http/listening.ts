import { once } from "node:events";
import type { Server } from "node:http";

/** Why the server could not listen; the message is a sentence for the person who started it. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

const REASONS: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_, port) =>
    `Port ${port} is taken: another program, or another Homing, listens there. Stop it, or choose another port: PORT=${port + 1} npm start`,
  EACCES: (_, port) =>
    `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start`,
  EADDRNOTAVAIL: (host) => `${host} is no address of this machine. Correct HOST, or leave it out.`,
  ENOTFOUND: (host) => `${host} is not the name of an address. Correct HOST, or leave it out.`,
};

/**
 * Resolves with the port once the server listens.
 *
 * @throws ListenError when the port or the address cannot be had
 */
export async function startListening(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const sentence = REASONS[code]?.(host, port);
    if (sentence === undefined) throw error;
    throw new ListenError(sentence, { cause: error });
  }
  const address = server.address();
  return address === null || typeof address === "string" ? port : address.port;
}

/** Takes no new connections, waits for the requests under way for `withinMs` at most, then closes what is left. */
export async function stopListening(server: Server, withinMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(timer);
}

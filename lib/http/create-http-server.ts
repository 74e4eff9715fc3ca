import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { SOCKET_PATH } from "@/lib/contract/handshake";
import type { FileHandler } from "./compressed-files";
import { type DrawError, replaceFailedDocuments } from "./error-documents";
import type { Refusal } from "./guard-request";
import { answerUnavailable } from "./unavailable-pages";

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpServerOptions {
  guard: (request: IncomingMessage) => Refusal | undefined;
  /** Asked first: what the pages are made of, compressed already. */
  handleFile: FileHandler | undefined;
  setSecurityHeaders: (request: IncomingMessage, response: ServerResponse) => void;
  /** Pages and routes. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** What a person reads when a page failed; undefined where developers read of the error itself. */
  drawError: DrawError | undefined;
  /** The development server's own upgrades below `/_next/`. */
  handleDevelopmentUpgrade: Upgrade | undefined;
  onError: (error: unknown) => void;
}

function isSocketPath(url: string | undefined): boolean {
  return url?.startsWith(`${SOCKET_PATH}/`) === true || url?.startsWith(`${SOCKET_PATH}?`) === true;
}

function answer(response: ServerResponse, status: number, message: string): void {
  if (!response.headersSent) response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(message);
}

async function handleAllowed(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions) {
  if (await options.handleFile?.(request, response)) return;
  options.setSecurityHeaders(request, response);
  if (options.drawError) replaceFailedDocuments(request, response, options.drawError);
  await answerUnavailable(response, () => options.handle(request, response));
}

function listenForUpgrades(server: Server, options: HttpServerOptions): void {
  server.on("upgrade", (request, socket, head) => {
    // A peer that resets the connection here must not end the process.
    socket.on("error", () => socket.destroy());
    if (options.guard(request) !== undefined) socket.destroy();
    else if (isSocketPath(request.url)) return;
    else if (request.url?.startsWith("/_next/") && options.handleDevelopmentUpgrade) {
      options.handleDevelopmentUpgrade(request, socket, head);
    } else socket.destroy();
  });
}

/**
 * The one HTTP server of a node. Every request passes the guard; Socket.IO's own (its path, and upgrades to it) are left
 * to the gateway that is attached afterwards; all other upgrades are destroyed, so Next must be given another server.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer(
    { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      const refusal = options.guard(request);
      if (refusal !== undefined) return answer(response, refusal.status, refusal.message);
      handleAllowed(request, response, options).catch((error: unknown) => {
        options.onError(error);
        answer(response, 500, "Something went wrong.");
      });
    },
  );
  listenForUpgrades(server, options);
  return server;
}

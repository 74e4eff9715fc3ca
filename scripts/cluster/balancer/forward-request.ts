import { Agent, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { createProxyServer } from "httpxy";
import type { Backend, Choose } from "./backends";
import { setForwarded } from "./forwarded";
import { isSocketIo, type PollingSessions, sessionBegunBy, sessionOf } from "./polling-sessions";
import { keepBody, mayRetry } from "./retry";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Passes one HTTP request to a node, and to another one when the first failed and that is safe. */
export function createRequestForwarder(choose: Choose, sessions: PollingSessions): Handle {
  const proxy = createProxyServer();
  const agent = new Agent({ keepAlive: true });
  const asked = new WeakMap<IncomingMessage, Backend>();
  proxy.on("proxyRes", (answer, request) => {
    const backend = asked.get(request);
    if (backend !== undefined && beginsSession(request)) rememberSession(answer, backend, sessions);
  });

  async function ask(
    backend: Backend,
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | undefined,
  ) {
    asked.set(request, backend);
    backend.connections += 1;
    try {
      // A connection that is used again may be closed by the node this very moment: not for what cannot be repeated.
      const connection = mayRetry(request.method, undefined) ? { agent } : { agent: false };
      const buffer = body === undefined ? {} : { buffer: readable(body) };
      await proxy.web(request, response, { target: backend.origin, ...connection, ...buffer });
    } finally {
      backend.connections -= 1;
    }
  }

  async function continueSession(sid: string, request: IncomingMessage, response: ServerResponse) {
    const backend = sessions.backendOf(sid);
    if (backend === undefined || backend.health === "unreachable") return refuseSession(response);
    await ask(backend, request, response, undefined).catch(() => giveUp(response, 502));
  }

  async function askOneAfterTheOther(request: IncomingMessage, response: ServerResponse) {
    const body = await keepBody(request);
    const tried = new Set<Backend>();
    for (let backend = choose(); backend !== undefined; backend = choose(tried)) {
      try {
        return await ask(backend, request, response, body);
      } catch (error) {
        // The next check of its health decides whether it comes back.
        backend.health = "unreachable";
        tried.add(backend);
        const isOver = body === undefined || response.headersSent || response.destroyed;
        if (isOver || !mayRetry(request.method, error)) return giveUp(response, 502);
      }
    }
    giveUp(response, 503);
  }

  return async (request, response) => {
    setForwarded(request);
    const sid = sessionOf(request.url);
    await (sid === undefined
      ? askOneAfterTheOther(request, response)
      : continueSession(sid, request, response));
  };
}

function readable(body: Buffer): Readable {
  return Readable.from(body.length === 0 ? [] : [body], { objectMode: false });
}

function beginsSession(request: IncomingMessage): boolean {
  return isSocketIo(request.url) && sessionOf(request.url) === undefined;
}

function rememberSession(answer: IncomingMessage, backend: Backend, sessions: PollingSessions): void {
  answer.once("data", (chunk: Buffer) => {
    const sid = sessionBegunBy(chunk.toString("latin1"));
    if (sid !== undefined) sessions.remember(sid, backend);
  });
}

/** What a node says of a session that it does not know; the client begins a new one. */
function refuseSession(response: ServerResponse): void {
  response.writeHead(400, { "Content-Type": "application/json" });
  response.end('{"code":1,"message":"Session ID unknown"}');
}

function giveUp(response: ServerResponse, status: 502 | 503): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "1" });
  response.end(status === 503 ? "No node is ready.\n" : "The node that was asked has not answered.\n");
}

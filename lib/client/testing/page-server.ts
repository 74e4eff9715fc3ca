import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { build } from "esbuild";

/** Just enough of a site for the service worker: pages that count their visits, a script, the worker, a sign-out. */
export interface PageServer {
  readonly url: string;
  /** What a proxy answers while there is no server behind it. */
  away: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function createPageServer(): Promise<PageServer> {
  const script = await bundleRegistration();
  const worker = readFileSync("public/service-worker.js");
  let visits = 0;
  let port = 0;
  let stop: (() => Promise<void>) | undefined;
  const state = { away: false };

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split("?")[0] ?? "/";
    const send = (status: number, type: string, body: string | Buffer, headers = {}) =>
      response.writeHead(status, { "content-type": type, ...headers }).end(body);
    if (state.away) return send(503, "text/html", "away");
    if (path === "/service-worker.js") return send(200, "text/javascript", worker);
    if (path.startsWith("/_next/static/")) return send(200, "text/javascript", script);
    if (path.startsWith("/api/")) return send(200, "application/json", "{}");
    if (path === "/favicon.ico") return send(404, "text/plain", "");
    if (path === "/chat/moved") return send(302, "text/html", "", { location: "/login" });
    visits += 1;
    return send(200, "text/html", pageOf(path, visits), {
      "cache-control": "private, no-store",
      "content-security-policy": `script-src 'nonce-n${visits}'; worker-src 'self'`,
    });
  };

  return {
    get url() {
      return `http://localhost:${port}`;
    },
    get away() {
      return state.away;
    },
    set away(away) {
      state.away = away;
    },
    async start() {
      const server = createServer(answer);
      await new Promise<void>((resolve) => server.listen(port, () => resolve()));
      const address = server.address();
      if (address !== null && typeof address !== "string") port = address.port;
      stop = async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      };
    },
    stop: async () => stop?.(),
  };
}

/** As in the product, only pages of the signed-in part register the worker. */
function pageOf(path: string, visit: number): string {
  const script = `<script nonce="n${visit}" src="/_next/static/chunks/page-1.js"></script>`;
  return `<!doctype html><title>${path}</title><body data-visit="${visit}">${path === "/login" ? "" : script}`;
}

async function bundleRegistration(): Promise<string> {
  const bundle = await build({
    stdin: {
      contents: `import { registerServiceWorker } from "./lib/client/service-worker";
        document.body.dataset.ran = "yes";
        registerServiceWorker();`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return bundle.outputFiles[0]?.text ?? "";
}

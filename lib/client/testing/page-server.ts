import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { build } from "esbuild";

/** Just enough of a site for the service worker: pages that count their visits, a script, the worker, a sign-out. */
export interface PageServer {
  readonly url: string;
  /** What a proxy answers while there is no server behind it. */
  away: boolean;
  /** Whether the browser's session is alive; pages send everybody else to sign in. */
  signedIn: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function createPageServer(): Promise<PageServer> {
  const script = await bundleRegistration();
  const worker = readFileSync("public/service-worker.js");
  let visits = 0;
  let port = 0;
  let stop: (() => Promise<void>) | undefined;
  const state = { away: false, signedIn: true };

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split("?")[0] ?? "/";
    if (path === "/api/auth/signout") state.signedIn = false;
    const file = fileOf(path, { script, worker });
    if (state.away) response.writeHead(503).end();
    else if (file !== undefined) response.writeHead(200, { "content-type": file.type }).end(file.body);
    else if (path === "/favicon.ico") response.writeHead(404).end();
    else if (path !== "/login" && !state.signedIn) response.writeHead(302, { location: "/login" }).end();
    else {
      visits += 1;
      response.writeHead(200, headersOf(visits)).end(pageOf(path, visits));
    }
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
    get signedIn() {
      return state.signedIn;
    },
    set signedIn(signedIn) {
      state.signedIn = signedIn;
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

function fileOf(path: string, { script, worker }: { script: string; worker: Buffer }) {
  if (path === "/service-worker.js") return { type: "text/javascript", body: worker };
  if (path.startsWith("/_next/static/")) return { type: "text/javascript", body: script };
  return path.startsWith("/api/") ? { type: "application/json", body: "{}" } : undefined;
}

const headersOf = (visit: number) => ({
  "content-type": "text/html",
  "cache-control": "private, no-store",
  "content-security-policy": `script-src 'nonce-n${visit}'; worker-src 'self'`,
});

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

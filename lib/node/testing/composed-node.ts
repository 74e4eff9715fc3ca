import { createServer } from "node:http";
import { createAuthenticate } from "@/lib/auth/authenticate";
import type { ClusterOptions } from "@/lib/cluster/create-cluster";
import { startListening, stopListening } from "@/lib/http/listening";
import { readConfig } from "@/lib/ops/config/env";
import { createLifecycle } from "@/lib/ops/lifecycle";
import { createLogger } from "@/lib/ops/log";
import type { Gateway } from "@/lib/realtime/gateway";
import { TEST_SECRET } from "@/lib/realtime/testing/test-user";
import { composeServices, type Services } from "../compose-services";
import { type JoinedCluster, joinCluster } from "../join-cluster";
import { openDatabase } from "../open-database";
import { type Operations, startOperations } from "../start-operations";
import { startRealtime } from "../start-realtime";

/** A node as server.ts puts it together, without pages. */
export interface ComposedNode {
  readonly url: string;
  readonly joined: JoinedCluster;
  readonly services: Services;
  readonly gateway: Gateway;
  readonly operations: Operations;
  /** What it logged, a line an entry. */
  readonly log: readonly string[];
  /** The ordered shutdown, as SIGTERM begins it. */
  shutdown(): Promise<void>;
}

/** Starts a node with these settings on any free port. Rejects as `npm start` would end with a sentence. */
export async function startComposedNode(
  env: Record<string, string>,
  timing: Pick<ClusterOptions, "leases" | "graceMs"> = {},
): Promise<ComposedNode> {
  const config = readConfig({
    ...{ HOST: "127.0.0.1", PORT: "0", HOMING_SECRET: TEST_SECRET, RATE_LIMITS: "off", DRAIN_SECONDS: "0" },
    ...{ LOG_LEVEL: "info", LOG_FORMAT: "json" },
    ...env,
  });
  const lines: string[] = [];
  const log = createLogger(config, { write: (line) => lines.push(line) });
  const lifecycle = createLifecycle({ log, deadlineMs: 60_000, exit: () => undefined });
  const running = { config, log, lifecycle };
  try {
    const connections = await openDatabase(running);
    const joined = joinCluster(running, timing);
    const services = composeServices(running, connections, joined);
    const httpServer = createServer((_request, response) => response.writeHead(404).end());
    const gateway = startRealtime(running, connections, joined, services, {
      httpServer,
      authenticate: createAuthenticate({
        secret: TEST_SECRET,
        secureCookies: false,
        accounts: services.useCases.accounts,
      }),
      originIsOurs: () => true,
      hostIsAllowed: () => true,
      addressOf: (request) => request.socket.remoteAddress ?? "",
    });
    const operations = startOperations(running, connections, joined, services, gateway);
    lifecycle.onShutdown("sockets", "HTTP server", () => stopListening(httpServer, 1_000));
    await joined.cluster.start();
    const port = await startListening(httpServer, "127.0.0.1", config.http.port);
    const url = `http://127.0.0.1:${port}`;
    return {
      url,
      joined,
      services,
      gateway,
      operations,
      log: lines,
      shutdown: () => lifecycle.shutdown("the test is over"),
    };
  } catch (error) {
    await lifecycle.shutdown("could not start", 1);
    throw error;
  }
}

import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { createAuthenticate } from "@/lib/auth/authenticate";
import { startForgettingSessions } from "@/lib/auth/forget-sessions";
import { ClusterRefusedError } from "@/lib/cluster/cluster";
import { isUnavailable } from "@/lib/domain/homing-error";
import { EmbeddedError } from "@/lib/embedded/embedded-error";
import { createHostCheck } from "@/lib/http/allowed-hosts";
import { createClientAddresses } from "@/lib/http/client-address";
import { createCompressedFiles } from "@/lib/http/compressed-files";
import { createHttpServer } from "@/lib/http/create-http-server";
import { createRequestGuard } from "@/lib/http/guard-request";
import { ListenError, startListening, stopListening } from "@/lib/http/listening";
import { createMetricsAccess } from "@/lib/http/metrics-access";
import { createOriginCheck } from "@/lib/http/origin";
import { createSecurityHeaders } from "@/lib/http/security-headers";
import { noteUnavailable } from "@/lib/http/unavailable-pages";
import { drawErrorPage } from "@/lib/i18n/error-page";
import { composeServices } from "@/lib/node/compose-services";
import { DatabaseUnreachableError } from "@/lib/node/database-unreachable-error";
import { joinCluster } from "@/lib/node/join-cluster";
import { openDatabase } from "@/lib/node/open-database";
import type { RunningProcess } from "@/lib/node/running-process";
import { startOperations } from "@/lib/node/start-operations";
import { startRealtime } from "@/lib/node/start-realtime";
import { actionsKey, provideActionsKey } from "@/lib/ops/config/actions-key";
import { ConfigError } from "@/lib/ops/config/config-error";
import { loadConfig } from "@/lib/ops/config/load-config";
import { loadSecret } from "@/lib/ops/config/secret";
import { createLifecycle, type Lifecycle } from "@/lib/ops/lifecycle";
import { createLogger } from "@/lib/ops/log";
import { setRuntime } from "@/lib/runtime";
import { databaseAnswers } from "@/lib/store/ping";
import nextConfig from "./next.config.mjs";

/** After the clients had their time to move away. */
const STOP_WITHIN_MS = 7_000;
const FINISH_REQUESTS_MS = 5_000;
const READY_WITHIN_MS = 2_000;

interface Process extends RunningProcess {
  readonly lifecycle: Lifecycle;
}

/** Pages; Next gets a server of its own that never listens, so that its upgrade listener stays away from Socket.IO. */
async function preparePages({ config, lifecycle }: Process) {
  const development = config.mode === "development";
  const decoy = createServer();
  const app = next({ dev: development, httpServer: decoy, hostname: "localhost", port: config.http.port });
  await app.prepare();
  lifecycle.removeForeignHandlers(process);
  return {
    handle: app.getRequestHandler(),
    handleFile: development
      ? undefined
      : createCompressedFiles(join(nextConfig.distDir, "static"), "/_next/static/"),
    handleDevelopmentUpgrade: development
      ? (...upgrade: unknown[]) => void decoy.emit("upgrade", ...upgrade)
      : undefined,
  };
}

/** Everything in its order: the lines printed at the end are what the person who started it waits for. */
async function serve(running: Process): Promise<void> {
  const { config, log, lifecycle } = running;
  const secret = await loadSecret(config);
  provideActionsKey(actionsKey(config, secret));
  const [pages, connections] = await Promise.all([preparePages(running), openDatabase(running)]);
  const joined = joinCluster(running);
  const services = composeServices(running, connections, joined);
  const { useCases } = services;
  const forgetting = startForgettingSessions({
    ...{ people: services.people, log, signal: lifecycle.signal },
    mostDays: config.sessions.mostDays,
  });
  lifecycle.onShutdown("work", "forgetting sessions", () => forgetting);

  const { publicUrl } = config.http;
  const cookies = { secret, secureCookies: publicUrl?.startsWith("https:") === true };
  const addresses = createClientAddresses(config.http.trustedProxies);
  const hostIsAllowed = createHostCheck(config.http);
  const originIsOurs = createOriginCheck(publicUrl);
  const metricsAccess = createMetricsAccess({ token: config.metrics.token, publicUrl });
  const server = createHttpServer({
    ...pages,
    guard: createRequestGuard({
      ...{ hostIsAllowed, originIsOurs, addresses, publicUrl },
      mark: (request) => metricsAccess.mark(request),
    }),
    setSecurityHeaders: createSecurityHeaders({
      development: config.mode === "development",
      https: cookies.secureCookies,
    }),
    drawError: config.mode === "development" ? undefined : drawErrorPage,
    onError: (error) => log.error({ err: error }, "a request failed"),
  });
  const gateway = startRealtime(running, connections, joined, services, {
    httpServer: server,
    authenticate: createAuthenticate({ ...cookies, accounts: useCases.accounts }),
    ...{ originIsOurs, hostIsAllowed },
    addressOf: (request) => addresses.addressOf(request),
  });
  lifecycle.onShutdown("sockets", "HTTP server", () => stopListening(server, FINISH_REQUESTS_MS));

  const operations = startOperations(running, connections, joined, services, gateway);
  setRuntime({
    ...cookies,
    useCases: {
      accounts: noteUnavailable(useCases.accounts, isUnavailable),
      conversations: noteUnavailable(useCases.conversations, isUnavailable),
      presence: noteUnavailable(useCases.presence, isUnavailable),
      nodes: noteUnavailable(operations.useCases, isUnavailable),
    },
    sessionMostDays: config.sessions.mostDays,
    nodeName: config.node.name,
    ready: async () =>
      !operations.isDraining() &&
      (await databaseAnswers(connections.pool, READY_WITHIN_MS)) &&
      (await joined.cluster.answers(READY_WITHIN_MS)),
    async readMetrics(headers) {
      if (!metricsAccess.allows(headers)) return undefined;
      const { metrics } = operations;
      return { text: await metrics.read(), contentType: metrics.contentType };
    },
    reportError: (error, context) => log.error({ err: error, ...context }, "a page or route failed"),
  });

  await joined.cluster.start();
  const port = await startListening(server, config.http.host, config.http.port);
  announce(running, port, await useCases.accounts.issueSetupToken());
}

/** Prints where Homing is, and how the first admin gets in. For people, so not a log line. */
function announce({ config, log }: Process, port: number, setupToken: string | undefined): void {
  const address = config.http.publicUrl ?? `http://localhost:${port}`;
  log.info({ address }, "listening");
  process.stdout.write(`\n  Homing is at ${address}\n`);
  if (setupToken !== undefined) {
    process.stdout.write(`  Make the first account, an admin's:  ${address}/setup?token=${setupToken}\n`);
  }
  process.stdout.write("\n");
}

const OPERATOR_ERRORS = [
  ConfigError,
  EmbeddedError,
  ListenError,
  ClusterRefusedError,
  DatabaseUnreachableError,
];

/** Errors that an operator can mend are told as sentences, without a stack. */
function isForOperator(error: unknown): error is Error {
  return OPERATOR_ERRORS.some((kind) => error instanceof kind);
}

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config);
  const lifecycle = createLifecycle({
    log,
    deadlineMs: config.drainMs + STOP_WITHIN_MS,
    exit: (code) => process.exit(code),
  });
  lifecycle.listen(process);
  try {
    await serve({ config, log, lifecycle });
  } catch (error) {
    if (lifecycle.signal.aborted) log.debug({ err: error }, "stopped before it was up");
    else if (isForOperator(error)) process.stderr.write(`\n${error.message}\n\n`);
    else log.fatal({ err: error }, "could not start");
    await lifecycle.shutdown("could not start", 1);
  }
}

main().catch((error: unknown) => {
  const text = isForOperator(error) ? error.message : error;
  process.stderr.write(`\n${text instanceof Error ? text.stack : text}\n\n`);
  process.exit(1);
});

import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { createAuthenticate } from "@/lib/auth/authenticate";
import { startForgettingSessions } from "@/lib/auth/forget-sessions";
import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import { createLocalPresence } from "@/lib/cluster/local/presence-registry";
import { isUnavailable } from "@/lib/domain/homing-error";
import { EmbeddedError } from "@/lib/embedded/embedded-error";
import { startEmbedded } from "@/lib/embedded/start-embedded";
import { createHostCheck } from "@/lib/http/allowed-hosts";
import { createClientAddresses } from "@/lib/http/client-address";
import { createCompressedFiles } from "@/lib/http/compressed-files";
import { createHttpServer } from "@/lib/http/create-http-server";
import { createRequestGuard } from "@/lib/http/guard-request";
import { ListenError, startListening, stopListening } from "@/lib/http/listening";
import { createOriginCheck } from "@/lib/http/origin";
import { createSecurityHeaders } from "@/lib/http/security-headers";
import { noteUnavailable } from "@/lib/http/unavailable-pages";
import { ConfigError } from "@/lib/ops/config/config-error";
import type { Config } from "@/lib/ops/config/env";
import { loadConfig } from "@/lib/ops/config/load-config";
import { loadSecret } from "@/lib/ops/config/secret";
import { createLifecycle, type Lifecycle } from "@/lib/ops/lifecycle";
import { createLogger, type Logger } from "@/lib/ops/log";
import { createCounters } from "@/lib/realtime/counters";
import { createFanOut } from "@/lib/realtime/fan-out";
import { createGateway } from "@/lib/realtime/gateway";
import { createSocketServer } from "@/lib/realtime/socket-server";
import { setRuntime } from "@/lib/runtime";
import { createConversationMembers } from "@/lib/store/conversation-members";
import { createConversationStore } from "@/lib/store/conversation-store";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { migrate } from "@/lib/store/migrate";
import { createPeopleStore } from "@/lib/store/people-store";
import { databaseAnswers } from "@/lib/store/ping";
import { buildAccountUseCases } from "@/lib/usecases/build-accounts";
import { buildConversationUseCases } from "@/lib/usecases/build-conversations";
import { buildPresenceUseCases } from "@/lib/usecases/build-presence";
import nextConfig from "./next.config.mjs";

const SHUTDOWN_DEADLINE_MS = 15_000;
const CLOSE_SOCKETS_MS = 3_000;
const FINISH_REQUESTS_MS = 5_000;
const READY_WITHIN_MS = 2_000;

interface Process {
  config: Config;
  log: Logger;
  lifecycle: Lifecycle;
}

/** The database, migrated: the operator's, or the one that comes along. */
async function openDatabase({ config, log, lifecycle }: Process): Promise<StoreConnections> {
  let url = config.database.url;
  if (url === undefined) {
    const start = startEmbedded({ dataDir: config.data.directory, log, signal: lifecycle.signal });
    ({ url } = await lifecycle.starting("embedded", "embedded PostgreSQL", start, ({ stop }) => stop()));
  }
  const connections = connectStore({
    url,
    poolSize: config.database.poolSize,
    onError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  lifecycle.onShutdown("database", "database connections", () => connections.close());
  await migrate(connections.db);
  return connections;
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

/** Use cases on the database, and Socket.IO, which is both below them (the fan-out) and above them (the gateway). */
function composeServices({ config, log }: Process, connections: StoreConnections) {
  const io = createSocketServer();
  const counters = createCounters();
  const fanOut = createFanOut(io, { log, counters });
  const people = createPeopleStore(connections.db);
  const store = createConversationStore(connections);
  const registry = createLocalPresence({ node: config.node.name });
  const clock = { now: () => new Date() };
  const useCases = {
    accounts: buildAccountUseCases({
      people,
      passwords: createPasswords(),
      randomness: systemRandomness,
      digest: sha256Digest,
      fanOut,
      clock,
      sessionDays: config.sessions.days,
      throttleSignIns: config.limits.rates,
    }),
    conversations: buildConversationUseCases({ store, people, fanOut, randomness: systemRandomness }),
    presence: buildPresenceUseCases({
      people,
      registry,
      members: createConversationMembers(connections.db),
      fanOut,
    }),
  };
  return { io, counters, fanOut, people, store, registry, clock, useCases };
}

/** Everything in its order: the lines printed at the end are what the person who started it waits for. */
async function serve(running: Process): Promise<void> {
  const { config, log, lifecycle } = running;
  const secret = await loadSecret(config);
  const [pages, connections] = await Promise.all([preparePages(running), openDatabase(running)]);
  const services = composeServices(running, connections);
  const { useCases, store } = services;
  lifecycle.onShutdown("work", "conversation store", () => store.close());
  const forgetting = startForgettingSessions({ people: services.people, log, signal: lifecycle.signal });
  lifecycle.onShutdown("work", "forgetting sessions", () => forgetting);

  const { publicUrl } = config.http;
  const cookies = { secret, secureCookies: publicUrl?.startsWith("https:") === true };
  setRuntime({
    ...cookies,
    useCases: {
      accounts: noteUnavailable(useCases.accounts, isUnavailable),
      conversations: noteUnavailable(useCases.conversations, isUnavailable),
      presence: noteUnavailable(useCases.presence, isUnavailable),
    },
    sessionDays: config.sessions.days,
    nodeName: config.node.name,
    ready: async () =>
      !lifecycle.signal.aborted && (await databaseAnswers(connections.pool, READY_WITHIN_MS)),
    reportError: (error, context) => log.error({ err: error, ...context }, "a page or route failed"),
  });

  const addresses = createClientAddresses(config.http.trustedProxies);
  const hostIsAllowed = createHostCheck(config.http);
  const originIsOurs = createOriginCheck(publicUrl);
  const server = createHttpServer({
    ...pages,
    guard: createRequestGuard({ hostIsAllowed, originIsOurs, addresses, publicUrl }),
    setSecurityHeaders: createSecurityHeaders({
      development: config.mode === "development",
      https: cookies.secureCookies,
    }),
    onError: (error) => log.error({ err: error }, "a request failed"),
  });
  const gateway = createGateway({
    ...services,
    httpServer: server,
    authenticate: createAuthenticate({ ...cookies, accounts: useCases.accounts }),
    presence: services.registry,
    ended: (ids) => services.people.ended(ids),
    originIsOurs,
    hostIsAllowed,
    addressOf: (request) => addresses.addressOf(request),
    limits: config.limits,
    log,
  });
  lifecycle.onShutdown("sockets", "sockets", () => gateway.close(CLOSE_SOCKETS_MS));
  lifecycle.onShutdown("sockets", "HTTP server", () => stopListening(server, FINISH_REQUESTS_MS));

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

/** Errors that an operator can mend are told as sentences, without a stack. */
function isForOperator(error: unknown): error is Error {
  return error instanceof ConfigError || error instanceof EmbeddedError || error instanceof ListenError;
}

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config);
  const lifecycle = createLifecycle({
    log,
    deadlineMs: SHUTDOWN_DEADLINE_MS,
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

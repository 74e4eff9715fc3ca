import { createServer, type Server } from "node:http";
import { type Authenticate, createAuthenticate } from "@/lib/auth/authenticate";
import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import { createLocalPresence } from "@/lib/cluster/local/presence-registry";
import { createLogger } from "@/lib/ops/log";
import { Traffic } from "@/lib/ops/metrics/traffic";
import { createConversationMembers } from "@/lib/store/conversation-members";
import { createConversationStore } from "@/lib/store/conversation-store";
import { connectStore } from "@/lib/store/database";
import { createPeopleStore } from "@/lib/store/people-store";
import { freshDatabase } from "@/lib/store/testing/database";
import { buildAccountUseCases } from "@/lib/usecases/build-accounts";
import { buildConversationUseCases } from "@/lib/usecases/build-conversations";
import { buildPresenceUseCases } from "@/lib/usecases/build-presence";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import { createSendRate } from "@/lib/usecases/send-rate";
import type { UseCases } from "@/lib/usecases/use-cases";
import { type Counters, createCounters } from "../counters";
import { createFanOut, type RealtimeFanOut } from "../fan-out";
import { createGateway, type Gateway } from "../gateway";
import type { LimitSettings } from "../limits";
import { createSocketServer } from "../socket-server";
import { createTestUser, TEST_SECRET, type TestUser } from "./test-user";

/** Far from what tests send, unless they ask for less. */
const AMPLE: LimitSettings = {
  rates: true,
  sendsPerSecond: 10_000,
  sendBurst: 100_000,
  eventsPerSecond: 10_000,
  socketsPerUser: 1_000,
  socketsPerAddress: 10_000,
};

export interface TestNodeOptions {
  /** A migrated database that outlives the node. */
  databaseUrl?: string;
  limits?: Partial<LimitSettings>;
  handshakeTimeoutMs?: number;
  /** Stands in front of the real check. */
  wrapAuthenticate?: (authenticate: Authenticate) => Authenticate;
}

/** The realtime side of a node on a real HTTP server, with the real use cases on a real database. */
export interface TestNode {
  url: string;
  port: number;
  gateway: Gateway;
  fanOut: RealtimeFanOut;
  counters: Counters;
  people: PeopleStore;
  useCases: Omit<UseCases, "nodes">;
  /** Entries of the log, as they were written. */
  log: string[];
  createUser(username: string, role?: "admin" | "user"): Promise<TestUser>;
  stop(): Promise<void>;
}

export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const database = options.databaseUrl === undefined ? await freshDatabase() : undefined;
  const log: string[] = [];
  const logger = createLogger(
    { log: { level: "info", format: "json" }, node: { name: "node-1" } },
    { write: (line: string) => log.push(line) },
  );
  const counters = createCounters();
  const traffic = new Traffic();
  const connections = connectStore({
    url: options.databaseUrl ?? database?.url ?? "",
    poolSize: 5,
    onError: (err) => logger.warn({ err }),
  });
  const people = createPeopleStore(connections.db);
  const store = createConversationStore(connections);
  const registry = createLocalPresence({ node: "node-1", graceMs: 100 });
  const io = createSocketServer();
  const fanOut = createFanOut(io, { log: logger, counters, traffic });
  const clock = { now: () => new Date() };
  const randomness = systemRandomness;
  const limits = { ...AMPLE, ...options.limits };
  const useCases: TestNode["useCases"] = {
    accounts: buildAccountUseCases({
      people,
      passwords: createPasswords(),
      randomness,
      digest: sha256Digest,
      fanOut,
      clock,
      sessionLife: { days: 1, mostDays: 1 },
      throttleSignIns: false,
    }),
    conversations: buildConversationUseCases({
      ...{ store, people, fanOut, randomness },
      admitSend: createSendRate(limits, () => performance.now()),
    }),
    presence: buildPresenceUseCases({
      people,
      registry,
      members: createConversationMembers(connections.db),
      fanOut,
    }),
  };
  const authenticate = createAuthenticate({
    secret: TEST_SECRET,
    secureCookies: false,
    accounts: useCases.accounts,
  });
  const httpServer = createServer((_request, response) => response.writeHead(404).end());
  const gateway = createGateway({
    io,
    fanOut,
    httpServer,
    useCases,
    authenticate: options.wrapAuthenticate?.(authenticate) ?? authenticate,
    presence: registry,
    ended: people.ended,
    prolongSessions: (ids) => people.prolongSessions(ids, { days: 3, mostDays: 4 }),
    prolongEveryMs: 200,
    limits,
    clock,
    originIsOurs: ({ origin, host }) => origin === `http://${host}`,
    hostIsAllowed: (host) => host?.startsWith("127.0.0.1") === true,
    addressOf: (request) => request.socket.remoteAddress ?? "",
    log: logger,
    counters,
    traffic,
    sweepEveryMs: 200,
    ...(options.handshakeTimeoutMs === undefined ? {} : { handshakeTimeoutMs: options.handshakeTimeoutMs }),
  });
  const port = await listenAnywhere(httpServer);

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    gateway,
    fanOut,
    counters,
    people,
    useCases,
    log,
    createUser: (username, role = "user") => createTestUser(people, username, role),
    async stop() {
      await gateway.close(2_000);
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
      await store.close();
      await connections.close();
      await database?.drop();
    },
  };
}

function listenAnywhere(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("No port was given."));
      else resolve(address.port);
    });
  });
}

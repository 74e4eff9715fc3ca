import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import { createLocalPresence } from "@/lib/cluster/local/presence-registry";
import { type UserId, userId } from "@/lib/contract/ids";
import type { Change } from "@/lib/contract/shapes";
import { createLogger } from "@/lib/ops/log";
import { Traffic } from "@/lib/ops/metrics/traffic";
import { createCounters } from "@/lib/realtime/counters";
import { createFanOut, type RealtimeFanOut } from "@/lib/realtime/fan-out";
import { createGateway, type Gateway } from "@/lib/realtime/gateway";
import { createSocketServer } from "@/lib/realtime/socket-server";
import { createConversationMembers } from "@/lib/store/conversation-members";
import { createConversationStore } from "@/lib/store/conversation-store";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { createPeopleStore } from "@/lib/store/people-store";
import { freshDatabase } from "@/lib/store/testing/database";
import type { Actor } from "@/lib/usecases/actor";
import { buildConversationUseCases } from "@/lib/usecases/build-conversations";
import { buildPresenceUseCases } from "@/lib/usecases/build-presence";
import type { ConversationUseCases } from "@/lib/usecases/use-cases";

const LIMITS = {
  rates: false,
  sendsPerSecond: 30,
  sendBurst: 300,
  eventsPerSecond: 100,
  socketsPerUser: 50,
  socketsPerAddress: 500,
};

export interface TestUser {
  id: UserId;
  username: string;
  token: string;
  actor: Actor;
}

/** A real node on a real database, which can be stopped and started again at the same address. */
export interface TestServer {
  readonly url: string;
  /** What the bus loses: changes for which this says true reach nobody. */
  loses: (change: Change) => boolean;
  resync(withinMs: number): void;
  drain(withinMs: number): void;
  endTokens(user: TestUser, reason: "signed_out" | "expired"): void;
  addUser(username: string): Promise<TestUser>;
  /** What somebody does from elsewhere. */
  readonly conversations: ConversationUseCases;
  /** Another state of the store: what clients have cached is void. */
  changeEpoch(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  drop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const database = await freshDatabase();
  const log = createLogger(
    { log: { level: "error", format: "json" }, node: { name: "node-1" } },
    { write: (line: string) => lines.push(line) },
  );
  const lines: string[] = [];
  const store = connectStore({ url: database.url, poolSize: 5, onError: (err) => log.warn({ err }) });
  const people = createPeopleStore(store.db);
  const tokens = new Map<string, string>();
  let node: Awaited<ReturnType<typeof startNode>> | undefined;
  let port = 0;

  const server: TestServer = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get conversations() {
      if (node === undefined) throw new Error("The server is stopped.");
      return node.conversations;
    },
    loses: () => false,
    resync: (withinMs) => node?.fanOut.resync("test", withinMs),
    drain: (withinMs) => node?.fanOut.drain(withinMs),
    endTokens: (user, reason) => node?.fanOut.endCredentials([tokens.get(user.token) ?? ""], reason),
    async addUser(username) {
      const account = await people.createAccount({
        id: userId.parse(randomUUID()),
        username,
        name: `The ${username}`,
        passwordHash: "nobody signs in",
        role: "user",
      });
      if (account === undefined) throw new Error(`${username} is taken.`);
      const [token, id] = [`token-of-${username}`, randomUUID()];
      await people.createToken({ id, userId: account.id, name: "test", hash: sha256Digest(token) });
      tokens.set(token, id);
      const { name, role } = account;
      const credential = { kind: "token", id } as const;
      return { id: account.id, username, token, actor: { id: account.id, username, name, role, credential } };
    },
    async changeEpoch() {
      await store.pool.query(
        "update settings set value = to_jsonb(gen_random_uuid()::text) where key = 'epoch'",
      );
    },
    async start() {
      node = await startNode({ store, people, log, port, loses: (change) => server.loses(change) });
      port = node.port;
    },
    async stop() {
      await node?.stop();
      node = undefined;
    },
    async drop() {
      await server.stop();
      await store.close();
      await database.drop();
    },
  };
  await server.start();
  return server;
}

interface NodeOptions {
  store: StoreConnections;
  people: ReturnType<typeof createPeopleStore>;
  log: ReturnType<typeof createLogger>;
  port: number;
  loses(change: Change): boolean;
}

async function startNode({ store, people, log, port, loses }: NodeOptions) {
  const counters = createCounters();
  const traffic = new Traffic();
  const io = createSocketServer();
  const whole = createFanOut(io, { log, counters, traffic });
  const fanOut: RealtimeFanOut = {
    ...whole,
    change: (members, change) => (loses(change) ? undefined : whole.change(members, change)),
  };
  const registry = createLocalPresence({ node: "node-1", graceMs: 100 });
  const stored = createConversationStore(store);
  const conversations = buildConversationUseCases({
    store: stored,
    people,
    fanOut,
    randomness: systemRandomness,
  });
  const members = createConversationMembers(store.db);
  const httpServer = createServer((_request, response) => response.writeHead(404).end());
  const gateway: Gateway = createGateway({
    io,
    fanOut,
    httpServer,
    useCases: {
      conversations,
      presence: buildPresenceUseCases({ people, registry, members, fanOut }),
    },
    async authenticate({ token }) {
      const found = await people.byToken(sha256Digest(token ?? ""));
      if (found === undefined) return undefined;
      const { id, username, name, role } = found.account;
      return { id, username, name, role, credential: { kind: "token", id: found.tokenId } };
    },
    presence: registry,
    ended: people.ended,
    prolongSessions: async () => undefined,
    limits: LIMITS,
    clock: { now: () => new Date() },
    originIsOurs: () => true,
    hostIsAllowed: () => true,
    addressOf: () => "",
    log,
    counters,
    traffic,
  });
  const taken = await new Promise<number>((resolve, reject) => {
    httpServer.once("error", reject);
    httpServer.listen(port, "127.0.0.1", () => {
      const address = httpServer.address();
      if (address !== null && typeof address !== "string") resolve(address.port);
    });
  });
  return {
    gateway,
    fanOut: whole,
    conversations,
    port: taken,
    async stop() {
      await gateway.close(1_000);
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
      await stored.close();
    },
  };
}

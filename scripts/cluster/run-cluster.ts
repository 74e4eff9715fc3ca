import { randomInt } from "node:crypto";
import { createInterface } from "node:readline";
import { startEmbedded } from "@/lib/embedded/start-embedded";
import type { Config } from "@/lib/ops/config/env";
import { loadSecret } from "@/lib/ops/config/secret";
import type { Lifecycle } from "@/lib/ops/lifecycle";
import type { Logger } from "@/lib/ops/log";
import { startBalancer } from "./balancer/start-balancer";
import { parseCommand } from "./command";
import { createControls } from "./controls";
import { freePorts } from "./free-port";
import { becameReady, type ClusterNode, createNode, nodeName } from "./node";
import { createRedis, type OwnRedis, redisAnswers } from "./redis";
import type { createVoices, Voice } from "./voices";

export interface Running {
  readonly count: number;
  readonly config: Config;
  readonly log: Logger;
  readonly lifecycle: Lifecycle;
  readonly voiceOf: ReturnType<typeof createVoices>;
  /** The cluster's own voice. */
  readonly say: Voice;
  /** Everything that was started, to be ended whatever happens. */
  readonly members: Set<{ kill(): void }>;
}

/** The embedded PostgreSQL takes 100 connections; some are kept for the command line and for repairs. */
const CONNECTIONS_FOR_NODES = 80;
const MOST_CONNECTIONS_OF_A_NODE = 10;
/**
 * Where the ports of the nodes begin when the balancer takes any (`--port 0`), below those that systems give away. Drawn,
 * because a cluster that is started beside this one would else take the port of a node that is down just then.
 */
const ANY_PORT = { from: 10_000, to: 32_000 };

async function openDatabase({ config, log, lifecycle }: Running): Promise<string> {
  if (config.database.url !== undefined) return config.database.url;
  const embedded = await startEmbedded({ dataDir: config.data.directory, log, signal: lifecycle.signal });
  lifecycle.onShutdown("embedded", "embedded PostgreSQL", () => embedded.stop());
  return embedded.url;
}

/** The cluster's own Redis; undefined when the environment names one. */
async function openRedis({ config, lifecycle, voiceOf, members }: Running, port: number) {
  const { REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER_NODES } = process.env;
  if ([REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER_NODES].some(Boolean)) return undefined;
  const redis = await createRedis(config.data.directory, port, voiceOf("redis"));
  members.add(redis.member);
  lifecycle.onShutdown("database", "Redis", () => redis.member.stop());
  redis.member.start();
  await redisAnswers(redis.url);
  return redis;
}

/** What is the same for all nodes; the environment of this process wins in what it may choose. */
async function sharedEnvironment(
  running: Running,
  databaseUrl: string,
  redis: OwnRedis | undefined,
): Promise<NodeJS.ProcessEnv> {
  const { config, count } = running;
  const pool = Math.min(MOST_CONNECTIONS_OF_A_NODE, Math.floor(CONNECTIONS_FOR_NODES / count));
  return {
    DATABASE_POOL: String(pool),
    LOG_FORMAT: process.stdout.isTTY ? "pretty" : "json",
    ...process.env,
    NODE_ENV: "production" as const,
    DATA_DIR: config.data.directory,
    DATABASE_URL: databaseUrl,
    HOMING_SECRET: await loadSecret(config),
    TRUSTED_PROXIES: ["127.0.0.1", ...config.http.trustedProxies].join(","),
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
}

/** Brings everything up, in order, and takes commands. Rejects when something could not be started. */
export async function runCluster(running: Running): Promise<void> {
  const { config, count, lifecycle, say, members } = running;
  const ports = await freePorts((config.http.port || randomInt(ANY_PORT.from, ANY_PORT.to)) + 1, count + 1);
  const redis = await openRedis(running, ports[count] ?? 0);
  const environment = await sharedEnvironment(running, await openDatabase(running), redis);
  const links = createSetupLinks(say);
  const nodes = ports.slice(0, count).map((port, index) => {
    const number = index + 1;
    const voice = running.voiceOf(nodeName(number));
    return createNode({ number, port, environment, voice, onSetupPath: links.found });
  });
  for (const { member } of nodes) members.add(member);
  lifecycle.onShutdown("drain", "nodes", async () => {
    await Promise.all(nodes.map(({ member }) => member.stop()));
  });
  const balancer = await startBalancer({
    host: config.http.host,
    port: config.http.port,
    backends: nodes.map(({ backend }) => backend),
    onHealth: ({ name, health }) => say(`${name} is ${health}`),
  });
  lifecycle.onShutdown("sockets", "balancer", () => balancer.stop());
  await startInTurn(nodes, lifecycle.signal);
  const address = config.http.publicUrl ?? `http://localhost:${balancer.port}`;
  announce(address, nodes, say);
  links.show(address);
  takeCommands(running, nodes, redis);
}

/** One after the other: the first one prepares the database, and only the set-up link that was made last works. */
async function startInTurn(nodes: readonly ClusterNode[], signal: AbortSignal): Promise<void> {
  for (const node of nodes) {
    if (signal.aborted) return;
    node.member.start();
    if (!(await becameReady(node)) && !signal.aborted) {
      throw new NodeError(`${node.member.name} did not become ready; its words are above.`);
    }
  }
}

/** A node did not come up. */
export class NodeError extends Error {
  override readonly name = "NodeError";
}

/** Keeps the newest set-up link until there is an address for it, and then shows each newer one at once. */
function createSetupLinks(say: Voice) {
  let address: string | undefined;
  let path: string | undefined;
  const print = () => {
    if (address !== undefined && path !== undefined)
      say(`Make the first account, an admin's:  ${address}${path}`);
  };
  return {
    found(newest: string) {
      path = newest;
      print();
    },
    show(known: string) {
      address = known;
      print();
    },
  };
}

function announce(address: string, nodes: readonly ClusterNode[], say: Voice): void {
  say(`Homing is at ${address}, on ${nodes.length} ${nodes.length === 1 ? "node" : "nodes"}:`);
  for (const { member, backend } of nodes) say(`  ${member.name}  ${backend.origin}`);
  say(`Commands: kill 1, stop 1, start 1, restart all, pause 1, resume 1, status, quit; "help" tells all.`);
}

function takeCommands(
  { lifecycle, say, log }: Running,
  nodes: readonly ClusterNode[],
  redis: OwnRedis | undefined,
) {
  const quit = () => void lifecycle.shutdown("quit");
  const control = createControls({ nodes, redis: redis?.member, say, quit });
  const lines = createInterface({ input: process.stdin });
  lifecycle.onShutdown("readiness", "commands", () => lines.close());
  lines.on("line", (line) => {
    if (line.trim() === "") return;
    const command = parseCommand(line, nodes.length);
    if (command === undefined) return say(`"${line.trim()}" is no command; "help" lists them.`);
    control(command).catch((error: unknown) => log.error({ err: error }, "a command failed"));
  });
}

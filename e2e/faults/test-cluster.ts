import { randomBytes } from "node:crypto";
import { HomingServer } from "../support/homing-server";
import { Link } from "./link";
import { TestDatabase } from "./test-database";
import { type RedisKind, startTestRedis, type TestRedis } from "./test-redis";

export interface ClusterOptions {
  nodes: number;
  routing: "directed" | "broadcast";
  redis: RedisKind;
  /** Another build than `dist/server.js`, for all nodes. */
  program?: string;
  environment?: Record<string, string>;
}

/** One node with the links around it. Clients go through `clients`, never straight to the server. */
export interface ClusterNode {
  readonly name: string;
  server: HomingServer;
  readonly url: string;
  readonly clients: Link;
  readonly database: Link;
  /** Undefined where Redis itself tells the nodes where it is. */
  readonly redis: Link | undefined;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** A real cluster on this machine: node processes, PostgreSQL, Redis, and a link before each of them. */
export class TestCluster {
  readonly nodes: ClusterNode[] = [];
  readonly database: TestDatabase;
  readonly redis: TestRedis;
  readonly #options: ClusterOptions;
  readonly #secret = randomBytes(32).toString("hex");

  private constructor(options: ClusterOptions, database: TestDatabase, redis: TestRedis) {
    this.#options = options;
    this.database = database;
    this.redis = redis;
  }

  static async start(options: ClusterOptions): Promise<TestCluster> {
    const database = await TestDatabase.start();
    const redis = await startTestRedis(options.redis);
    const cluster = new TestCluster(options, database, redis);
    for (const signal of SIGNALS) process.once(signal, cluster.#interrupted);
    try {
      for (let number = 1; number <= options.nodes; number += 1) await cluster.#add(`node-${number}`);
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
    return cluster;
  }

  /** Runs the operator's command line. */
  async operate(words: readonly string[], input?: string): Promise<string> {
    const [node] = this.nodes;
    if (node === undefined) throw new Error("The cluster has no node.");
    return node.server.operate(words, input);
  }

  /** Ends the node's process and starts one of another build or environment in its place. */
  async replace(
    node: ClusterNode,
    more: { program?: string; environment?: Record<string, string> },
  ): Promise<void> {
    await node.server.dispose();
    node.server = await this.#server(node.name, { database: node.database, redis: node.redis }, more);
    node.clients.retarget(Number(new URL(node.server.url).port));
  }

  async dispose(): Promise<void> {
    for (const signal of SIGNALS) process.off(signal, this.#interrupted);
    await Promise.all(
      this.nodes.map(async ({ server, clients, database, redis }) => {
        await server.kill("SIGKILL");
        await server.dispose();
        await Promise.all([clients.close(), database.close(), redis?.close()]);
      }),
    );
    await Promise.all([this.redis.remove(), this.database.remove()]);
  }

  /** Ctrl-C leaves nothing running. */
  readonly #interrupted = () => {
    void this.dispose().finally(() => process.exit(130));
  };

  async #add(name: string): Promise<void> {
    const database = await Link.to(this.database.port);
    const redis = this.redis.linkTarget === undefined ? undefined : await Link.to(this.redis.linkTarget);
    const server = await this.#server(name, { database, redis }, {});
    const clients = await Link.to(Number(new URL(server.url).port));
    this.nodes.push({ name, server, url: `http://127.0.0.1:${clients.port}`, clients, database, redis });
  }

  async #server(
    name: string,
    links: { database: Link; redis: Link | undefined },
    more: { program?: string; environment?: Record<string, string> },
  ): Promise<HomingServer> {
    const program = more.program ?? this.#options.program;
    const server = await HomingServer.prepare({
      ...(program === undefined ? {} : { program }),
      environment: {
        NODE_NAME: name,
        HOMING_SECRET: this.#secret,
        DATABASE_URL: this.database.url(links.database.port),
        ROUTING: this.#options.routing,
        RATE_LIMITS: "off",
        ...this.redis.environment(links.redis?.port),
        ...this.#options.environment,
        ...more.environment,
      },
    });
    await server.resume();
    return server;
  }
}

import { randomBytes } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { Member } from "./member";
import type { Voice } from "./voices";

/** There is no Redis; the message says what to install. */
export class NoRedisError extends Error {
  override readonly name = "NoRedisError";
}

const PROGRAM = "redis-server";
const READY_WITHIN_MS = 10_000;
const RETRY_MS = 50;

/** A Redis of the cluster's own. It keeps nothing on disk: it is a bus, and the truth is in PostgreSQL. */
export interface OwnRedis {
  readonly member: Member;
  /** Holds the password. */
  readonly url: string;
}

/**
 * Prepares the Redis of the cluster; start its member, then wait for {@link redisAnswers}.
 *
 * @throws NoRedisError when there is no redis-server on the PATH
 */
export async function createRedis(dataDir: string, port: number, voice: Voice): Promise<OwnRedis> {
  const program = findProgram();
  const folder = join(dataDir, "redis");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  // By standard input, because arguments can be read by every user of the machine.
  const settings = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${JSON.stringify(folder)}`,
    `requirepass ${password}`,
    'save ""',
    "appendonly no",
    "loglevel warning",
    "logfile redis.log",
  ];
  const member = new Member({
    name: "redis",
    command: [program, "-"],
    environment: process.env,
    input: `${settings.join("\n")}\n`,
    onLine: voice,
    onEnd: (how) => voice(`has ended (${how}); "start redis" brings it back`),
  });
  return { member, url: `redis://:${password}@127.0.0.1:${port}` };
}

/** Resolves when Redis accepts connections; throws when it has not after ten seconds. */
export async function redisAnswers(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await accepts(hostname, Number(port)))) {
    if (performance.now() > deadline)
      throw new NoRedisError("Redis did not start; data/redis/redis.log says why.");
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
    socket.once("connect", () => socket.end());
  });
}

function findProgram(): string {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/opt/homebrew/bin"]) {
    const file = join(folder, PROGRAM);
    if (isExecutable(file)) return file;
  }
  throw new NoRedisError(
    `A cluster needs Redis, and there is no ${PROGRAM} on the PATH. Install it (Debian, Ubuntu: sudo apt-get install ` +
      `redis-server; macOS: brew install redis), or set REDIS_URL to one that runs.`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}

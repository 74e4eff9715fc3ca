import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "@/lib/ops/free-port";
import { waitUntil } from "./wait-until";

const run = promisify(execFile);

/** A real redis-server of a test's own, on this machine only; it keeps nothing on disk unless asked to. */
export interface RedisProcess {
  readonly port: number;
  readonly url: string;
  /** What `redis-cli` prints, trimmed. */
  cli(...args: string[]): Promise<string>;
  /** Holds the process as it is (SIGSTOP): connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends it at once (SIGKILL). */
  kill(): Promise<void>;
  /** After {@link kill}: on the same port, in the same folder. */
  start(): Promise<void>;
  /** Kills it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a server and waits until it answers. `options` are those of redis-server, such as `"--appendonly", "yes"`. */
export async function startRedis(...options: string[]): Promise<RedisProcess> {
  return await launch(async (folder, port) => [
    ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder],
    ...["--save", "", "--appendonly", "no", ...options],
  ]);
}

/** Starts a sentinel with these lines of configuration. */
export async function startSentinel(...lines: string[]): Promise<RedisProcess> {
  return await launch(async (folder, port) => {
    const file = join(folder, "sentinel.conf");
    await writeFile(file, [`port ${port}`, "bind 127.0.0.1", `dir ${folder}`, ...lines, ""].join("\n"));
    return [file, "--sentinel"];
  });
}

type Arguments = (folder: string, port: number) => Promise<string[]>;

async function launch(argumentsFor: Arguments): Promise<RedisProcess> {
  const folder = await mkdtemp(join(tmpdir(), "homing-redis-"));
  const port = await freePort();
  const args = await argumentsFor(folder, port);
  let child: ChildProcess | undefined;

  const redis: RedisProcess = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async cli(...command) {
      const { stdout } = await run("redis-cli", ["-p", String(port), ...command]);
      return stdout.trim();
    },
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    async kill() {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null) return;
      const ended = once(running, "exit");
      running.kill("SIGKILL");
      await ended;
    },
    async start() {
      child = spawn("redis-server", args, { stdio: "ignore" });
      await waitUntil(`redis-server on port ${port} answers`, () => answers(redis));
    },
    async remove() {
      await redis.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

/** `redis-cli` fails while nobody listens; who asks for a password is up. */
async function answers(redis: RedisProcess): Promise<boolean> {
  const [outcome] = await Promise.allSettled([redis.cli("ping")]);
  return outcome?.status === "fulfilled" && /^(PONG|NOAUTH)/.test(outcome.value);
}

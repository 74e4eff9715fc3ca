import { spawn } from "node:child_process";
import { open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { childEnvironment } from "../ops/config/child-environment";
import type { Account } from "./account";
import type { Binaries } from "./binaries";
import { diagnose } from "./diagnosis";
import { EmbeddedError } from "./embedded-error";
import type { Layout } from "./layout";
import { readPostmasterFile } from "./postmaster-file";
import { birthOf, isServerOf } from "./process-info";
import { runProgram } from "./run-program";

const ASK_AGAIN_MS = 20;
/** A fast shutdown writes out what is in memory; after this long the server is told to leave that to its next start. */
const FAST_STOP_MS = 60_000;

export interface ServerOptions {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly layout: Layout;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the server in a process group of its own, so that neither Ctrl-C nor the end of this process ends it, and waits
 * until it lets clients in; after a crash that can take a while, and there is no limit but `signal`.
 *
 * @throws EmbeddedError with what the server said when it ends instead.
 */
export async function startServer(options: ServerOptions): Promise<void> {
  const { layout, signal } = options;
  const since = Date.now();
  const launched = process.platform === "win32" ? await launchByPgCtl(options) : await launch(options);
  try {
    for (;;) {
      const file = await readPostmasterFile(layout.cluster);
      if (file?.status === "ready" && isServerOf(file.pid, layout.cluster)) return;
      if (launched.hasEnded()) throw diagnose(await outputSince(layout, since), layout.data);
      await pause(ASK_AGAIN_MS, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    await launched.end();
    throw error;
  }
}

interface Launched {
  hasEnded(): boolean;
  /** Stops it, also when it has not come far enough to be found by its file. */
  end(): Promise<void>;
}

/** Stops the server and waits until it is gone. */
export async function stopServer({
  binaries,
  layout,
}: Pick<ServerOptions, "binaries" | "layout">): Promise<void> {
  const file = await readPostmasterFile(layout.cluster);
  if (file === undefined || !isServerOf(file.pid, layout.cluster)) return;
  if (process.platform === "win32") {
    const args = ["stop", "-D", layout.cluster, "-m", "fast", "-w", "-t", String(FAST_STOP_MS / 1_000)];
    await runProgram({ file: binaries.pgCtl, args }, { cwd: layout.data });
    return;
  }
  const born = birthOf(file.pid);
  process.kill(file.pid, "SIGINT");
  if (await isGone(file.pid, born, FAST_STOP_MS)) return;
  process.kill(file.pid, "SIGQUIT");
  if (await isGone(file.pid, born, FAST_STOP_MS)) return;
  throw new EmbeddedError("failed", `The embedded PostgreSQL (process ${file.pid}) does not stop.`);
}

async function isGone(pid: number, born: string | undefined, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += ASK_AGAIN_MS) {
    if (birthOf(pid) !== born) return true;
    await pause(ASK_AGAIN_MS);
  }
  return false;
}

async function launch({ account, binaries, layout }: ServerOptions): Promise<Launched> {
  await rm(layout.startLog, { force: true });
  const output = await open(layout.startLog, "a", 0o600);
  try {
    const { file, args, uid, gid } = account.command(binaries.postgres, ["-D", layout.cluster]);
    const child = spawn(file, [...args], {
      cwd: layout.runtime,
      env: childEnvironment(),
      stdio: ["ignore", output.fd, output.fd],
      detached: true,
      ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    });
    child.unref();
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    return {
      hasEnded: () => child.exitCode !== null || child.signalCode !== null,
      end: async () => {
        child.ref();
        if (child.exitCode === null && child.signalCode === null && child.kill("SIGINT")) await exited;
      },
    };
  } finally {
    await output.close();
  }
}

/**
 * On Windows pg_ctl sheds an administrator's rights, which PostgreSQL refuses too, and waits until the server is ready.
 * Its output goes nowhere: the server inherits it, and a pipe would stay open as long as the server runs.
 */
async function launchByPgCtl({ binaries, layout }: ServerOptions): Promise<Launched> {
  const args = ["start", "-D", layout.cluster, "-l", layout.startLog, "-w", "-t", "3600"];
  const child = spawn(binaries.pgCtl, args, { env: childEnvironment(), stdio: "ignore", windowsHide: true });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => resolve());
    child.once("error", reject);
  });
  return { hasEnded: () => true, end: () => stopServer({ binaries, layout }) };
}

/** What the server has said since `since`, in the log it begins with and the one it opens later; each one's end. */
async function outputSince(layout: Layout, since: number): Promise<string> {
  const logs = join(layout.cluster, "log");
  const names = await readdir(logs).catch(() => []);
  const texts: string[] = [];
  for (const path of [layout.startLog, ...names.map((name) => join(logs, name))]) {
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.mtimeMs >= since - 1_000)
      texts.push((await readFile(path, "utf8")).slice(-4_000));
  }
  return texts.join("\n");
}

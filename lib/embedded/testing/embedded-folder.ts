import { chmod, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { createLogger } from "../../ops/log";
import { readPostmasterFile } from "../postmaster-file";
import { birthOf, isServerOf } from "../process-info";
import { type EmbeddedPostgres, startEmbedded } from "../start-embedded";
import { type JoinedProcess, joinFromProcess } from "./processes";

export const isRoot = process.getuid?.() === 0;
export const nobody = { uid: 65_534, gid: 65_534 };

/** Of the test that runs. */
interface Folder {
  root: string;
  /** Below the root; made by whoever needs it first. */
  dataDir: string;
  /** The log of what was started here. */
  lines: string[];
  started: EmbeddedPostgres[];
  processes: JoinedProcess[];
}

/**
 * A data folder for each test of the file that calls this at its top, and what the test starts on it. After the test
 * all of that is stopped, and no server may be left.
 */
export function embeddedFolder() {
  const folder: Folder = { root: "", dataDir: "", lines: [], started: [], processes: [] };

  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), "homing embedded "));
    await chmod(root, 0o755);
    Object.assign(folder, {
      root,
      dataDir: join(root, "data folder"),
      lines: [],
      started: [],
      processes: [],
    });
  });

  afterEach(async () => {
    await Promise.all(folder.processes.map((joined) => joined.end("SIGTERM")));
    await Promise.all(folder.started.map((embedded) => embedded.stop()));
    const pid = await serverPid();
    expect(pid === undefined || !isServerOf(pid, join(folder.dataDir, "pg"))).toBe(true);
    await rm(folder.root, { recursive: true });
  });

  async function serverPid(): Promise<number | undefined> {
    return (await readPostmasterFile(join(folder.dataDir, "pg")).catch(() => undefined))?.pid;
  }

  async function runningPid(): Promise<number> {
    const pid = await serverPid();
    if (pid === undefined || !isServerOf(pid, join(folder.dataDir, "pg"))) throw new Error("No server runs.");
    return pid;
  }

  return Object.assign(folder, {
    runningPid,

    async start(signal?: AbortSignal): Promise<EmbeddedPostgres> {
      const output = { write: (line: string) => folder.lines.push(line) };
      const log = createLogger({ log: { level: "debug", format: "json" }, node: { name: "test" } }, output);
      const { dataDir } = folder;
      const embedded = await startEmbedded({ dataDir, log, ...(signal === undefined ? {} : { signal }) });
      folder.started.push(embedded);
      return embedded;
    },

    startProcess(user?: { uid: number; gid: number }): JoinedProcess {
      const joined = joinFromProcess(folder.dataDir, user);
      folder.processes.push(joined);
      return joined;
    },

    async killServer(): Promise<void> {
      const pid = await runningPid();
      process.kill(pid, "SIGKILL");
      await vi.waitFor(() => expect(birthOf(pid)).toBeUndefined());
    },

    async giveTo(uid: number): Promise<void> {
      await mkdir(folder.dataDir);
      await chown(folder.dataDir, uid, uid);
    },
  });
}

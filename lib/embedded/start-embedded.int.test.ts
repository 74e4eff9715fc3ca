import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "../ops/log";
import { readPostmasterFile } from "./postmaster-file";
import { birthOf, isServerOf } from "./process-info";
import { type EmbeddedPostgres, startEmbedded } from "./start-embedded";
import { type JoinedProcess, joinFromProcess, query } from "./testing/processes";

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
/** An account that every Linux has, and that is nobody in particular. */
const ordinary = { uid: 1, gid: 1 };

/** A container's root may not mount. */
function canMount(): boolean {
  if (!isRoot || process.platform !== "linux") return false;
  const tried = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return tried.status === 0;
}

/** The project, and Node.js, may lie below folders that are closed to others. */
function canOthersReachProject(): boolean {
  const script = 'test -r "$1" && "$2" --version';
  const args = ["-c", script, "sh", import.meta.filename, process.execPath];
  return isRoot && spawnSync("/bin/sh", args, { ...ordinary, cwd: "/", stdio: "ignore" }).status === 0;
}

let root: string;
let dataDir: string;
let lines: string[];
let started: EmbeddedPostgres[];
let processes: JoinedProcess[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "homing embedded "));
  await chmod(root, 0o755);
  dataDir = join(root, "data folder");
  lines = [];
  started = [];
  processes = [];
});

afterEach(async () => {
  await Promise.all(processes.map((joined) => joined.end("SIGTERM")));
  await Promise.all(started.map((embedded) => embedded.stop()));
  const pid = await serverPid();
  expect(pid === undefined || !isServerOf(pid, join(dataDir, "pg"))).toBe(true);
  await rm(root, { recursive: true });
});

async function start(directory = dataDir, signal?: AbortSignal): Promise<EmbeddedPostgres> {
  const output = { write: (line: string) => lines.push(line) };
  const log = createLogger({ log: { level: "debug", format: "json" }, node: { name: "test" } }, output);
  const embedded = await startEmbedded({
    dataDir: directory,
    log,
    ...(signal === undefined ? {} : { signal }),
  });
  started.push(embedded);
  return embedded;
}

function startProcess(user?: { uid: number; gid: number }): JoinedProcess {
  const joined = joinFromProcess(dataDir, user);
  processes.push(joined);
  return joined;
}

async function serverPid(): Promise<number | undefined> {
  return (await readPostmasterFile(join(dataDir, "pg")).catch(() => undefined))?.pid;
}

async function runningPid(): Promise<number> {
  const pid = await serverPid();
  if (pid === undefined || !isServerOf(pid, join(dataDir, "pg"))) throw new Error("No server runs.");
  return pid;
}

async function killServer(): Promise<void> {
  const pid = await runningPid();
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(birthOf(pid)).toBeUndefined());
}

describe("startEmbedded", () => {
  it("sets up, keeps what was committed, and stops with the last who stops", async () => {
    const first = await start();
    await query(first.url, "create table t as select 42 as n");
    const settings = await query(
      first.url,
      `select string_agg(name || '=' || setting, ' ' order by name) as text from pg_settings
       where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'jit', 'listen_addresses', 'data_checksums')`,
    );
    expect(settings[0]?.text).toBe(
      "data_checksums=on fsync=on full_page_writes=on jit=off listen_addresses= synchronous_commit=on",
    );
    const pid = await runningPid();
    await first.stop();
    expect(birthOf(pid)).toBeUndefined();
    const second = await start();
    expect(await query(second.url, "select n from t")).toEqual([{ n: 42 }]);
    expect(second.url).toBe(first.url);
  });

  it("gives the product an ordinary role, and the extensions that it needs", async () => {
    const { url } = await start();
    expect(
      await query(url, "select rolsuper, rolcreaterole from pg_roles where rolname = current_user"),
    ).toEqual([{ rolsuper: false, rolcreaterole: false }]);
    for (const name of ["pg_trgm", "citext", "pgcrypto", "unaccent"])
      await query(url, `create extension ${name}`);
    await expect(query(url, "copy (select 1) to program 'true'")).rejects.toThrow(/permission denied/);
  });

  it("shows its password to nobody", async () => {
    const { url } = await start();
    const password = new URL(url).password;
    expect(password.length).toBeGreaterThanOrEqual(43);
    const commands = await commandLines();
    expect(commands).toContain("postgres");
    expect(commands).not.toContain(password);
    expect(lines.join("")).not.toContain(password);
    expect((await stat(join(dataDir, "pg", "homing-password"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, "pg.run", "socket"))).mode & 0o777).toBe(0o700);
    await expect(query(url.replace(password, "wrong"), "select 1")).rejects.toThrow(/authentication failed/);
  });

  it("is one server for all who start at once, and ends with the last", async () => {
    const words = await Promise.all([startProcess(), startProcess(), startProcess()].map(({ word }) => word));
    const own = await start();
    expect(new Set([...words.map(({ url }) => url), own.url]).size).toBe(1);
    const pid = await runningPid();
    await own.stop();
    await processes[0]?.end("SIGTERM");
    await processes[1]?.end("SIGTERM");
    expect(birthOf(pid)).toBeDefined();
    await query(words[2]?.url, "select 1");
    await processes[2]?.end("SIGTERM");
    expect(birthOf(pid)).toBeUndefined();
  });

  it("outlives a killed process, is found by the next, and does not count the dead one", async () => {
    const joined = startProcess();
    await joined.word;
    const pid = await runningPid();
    await joined.end("SIGKILL");
    expect(birthOf(pid)).toBeDefined();
    const own = await start();
    expect(await runningPid()).toBe(pid);
    await own.stop();
    expect(birthOf(pid)).toBeUndefined();
  });

  it("recovers what was committed when process and server were killed", async () => {
    const joined = startProcess();
    const { url } = await joined.word;
    await query(url, "create table t (n int)");
    await query(url, "insert into t select generate_series(1, 1000)");
    await joined.end("SIGKILL");
    await killServer();
    const own = await start();
    expect(await query(own.url, "select count(*)::int as n from t")).toEqual([{ n: 1000 }]);
  });

  it("is started again, at the same address, when it dies under a living process", async () => {
    const { url } = await start();
    await query(url, "create table t as select 1 as n");
    await killServer();
    await vi.waitFor(async () => expect(await query(url, "select n from t")).toEqual([{ n: 1 }]), {
      timeout: 20_000,
      interval: 100,
    });
    expect(lines.join("")).toContain("started again");
  });

  it("begins again when a set-up was killed half-way, and leaves no remains", async () => {
    const joined = startProcess();
    await vi.waitFor(
      async () => {
        const draft = (await readdir(dataDir)).find((name) => name.startsWith("pg.new-"));
        expect(await readdir(join(dataDir, draft ?? "none"))).toContain("global");
      },
      { timeout: 20_000, interval: 5 },
    );
    await joined.end("SIGKILL");
    await expect(joined.word).rejects.toThrow();
    expect(await readdir(dataDir)).not.toContain("pg");
    await query((await start()).url, "select 1");
    expect((await readdir(dataDir)).sort()).toEqual(["pg", "pg.run"]);
  });

  it("undoes a set-up that is called off", async () => {
    const calledOff = new AbortController();
    const starting = start(dataDir, calledOff.signal);
    await vi.waitFor(async () => expect((await readdir(dataDir)).join()).toContain("pg.new-"), {
      interval: 5,
    });
    calledOff.abort();
    await expect(starting).rejects.toThrow(/abort/i);
    expect(await readdir(dataDir)).toEqual(["pg.run"]);
  });

  it("is not misled by a stale file whose number another process has got", async () => {
    await start();
    await query(started[0]?.url, "create table t as select 1 as n");
    await started[0]?.stop();
    const joined = startProcess();
    await joined.word;
    await joined.end("SIGKILL");
    await killServer();
    // PostgreSQL believes only processes of its own account to be its like.
    const other = spawn("sleep", ["600"], isRoot ? nobody : {});
    try {
      const file = join(dataDir, "pg", "postmaster.pid");
      const [, ...rest] = (await readFile(file, "utf8")).split("\n");
      await writeFile(file, [other.pid, ...rest].join("\n"));
      const socketLock = join(dataDir, "pg.run", "socket", ".s.PGSQL.5432.lock");
      await writeFile(socketLock, [other.pid, ...rest].join("\n"));
      expect(await query((await start()).url, "select n from t")).toEqual([{ n: 1 }]);
    } finally {
      other.kill();
      await once(other, "exit");
    }
  });

  it("puts its socket elsewhere when the path is too long for one", async () => {
    dataDir = join(root, "a folder with a rather long name of its own".repeat(2), "data");
    const { url } = await start();
    await query(url, "select 1");
    const directory = new URL(url).searchParams.get("host") ?? "";
    expect(directory.length).toBeLessThan(80);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await rm(directory, { recursive: true });
    await started[0]?.stop();
    await query((await start()).url, "select 1");
    await rm(directory, { recursive: true });
  });

  it("takes an operator's own settings", async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, "pg", "custom.conf"), "work_mem = '3MB'\n", { mode: 0o644 });
    expect(await query((await start()).url, "show work_mem")).toEqual([{ work_mem: "3MB" }]);
  });
});

describe("startEmbedded refuses, and says why,", () => {
  it("a folder of another major version, without touching it", async () => {
    await mkdir(join(dataDir, "pg"), { recursive: true });
    await writeFile(join(dataDir, "pg", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toMatchObject({
      code: "other_version",
      message: /PostgreSQL 17.*PostgreSQL 18/,
    });
    expect(await readdir(join(dataDir, "pg"))).toEqual(["PG_VERSION"]);
  });

  it("a folder that is something else, without touching it", async () => {
    await mkdir(join(dataDir, "pg"), { recursive: true });
    await writeFile(join(dataDir, "pg", "letter.txt"), "");
    await expect(start()).rejects.toMatchObject({ code: "not_a_database" });
    expect(await readdir(join(dataDir, "pg"))).toEqual(["letter.txt"]);
  });

  it("a data folder that is a file", async () => {
    await writeFile(dataDir, "");
    await expect(start()).rejects.toMatchObject({
      code: "no_access",
      message: expect.stringContaining(dataDir),
    });
  });

  it("a folder that another machine works in", async () => {
    await (await start()).stop();
    const claim = join(dataDir, "pg.run", "clients", "1-other");
    const write = () => writeFile(claim, JSON.stringify({ pid: 1, born: "x", machine: "elsewhere/1" }));
    await write();
    const renewing = setInterval(write, 200);
    try {
      await expect(start()).rejects.toMatchObject({ code: "in_use", message: /elsewhere/ });
    } finally {
      clearInterval(renewing);
    }
  });

  it("a server in the folder that does not let it in", async () => {
    const own = await start();
    const password = join(dataDir, "pg", "homing-password");
    const right = await readFile(password, "utf8");
    await writeFile(password, "wrong\n");
    await expect(start()).rejects.toMatchObject({ code: "in_use" });
    await writeFile(password, right);
    await query(own.url, "select 1");
  });

  it("an unreadable setting of the operator's, in PostgreSQL's words", async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, "pg", "custom.conf"), "nonsense = 1\n", { mode: 0o644 });
    await expect(start()).rejects.toMatchObject({ code: "failed", message: /nonsense/ });
  });

  // What only root can prepare is no test for others.
  if (canMount())
    it("a full disk, while setting up and later", async () => {
      await mkdir(dataDir);
      spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", dataDir]);
      try {
        await expect(start()).rejects.toMatchObject({
          code: "disk_full",
          message: expect.stringContaining(dataDir),
        });
        expect(await readdir(dataDir)).toEqual(["pg.run"]);
        spawnSync("mount", ["-o", "remount,size=200m", dataDir]);
        await (await start()).stop();
        const free = spawnSync("df", ["--output=avail", "-B1", dataDir], { encoding: "utf8" }).stdout.split(
          "\n",
        )[1];
        spawnSync("fallocate", ["-l", (free ?? "").trim(), join(dataDir, "filler")]);
        await expect(start()).rejects.toMatchObject({ code: "disk_full" });
        await rm(join(dataDir, "filler"));
        await query((await start()).url, "select 1");
        await started.at(-1)?.stop();
      } finally {
        spawnSync("umount", [dataDir]);
      }
    });
});

if (isRoot && process.platform === "linux")
  describe("startEmbedded as root", () => {
    it("runs the server as nobody", async () => {
      await start();
      const pid = await runningPid();
      expect((await stat(`/proc/${pid}`)).uid).toBe(nobody.uid);
      // Where the project lies below a closed folder, it may also read what is closed, and nothing else.
      const rights = canOthersReachProject() ? "0" : "4";
      expect(await readFile(`/proc/${pid}/status`, "utf8")).toMatch(
        new RegExp(`^CapEff:\\t0+${rights}$`, "m"),
      );
      expect((await stat(join(dataDir, "pg"))).uid).toBe(nobody.uid);
    });

    it("works below a folder that is closed to others, and after that was opened", async () => {
      await chmod(root, 0o700);
      await query((await start()).url, "create table t as select 1 as n");
      await started[0]?.stop();
      await chmod(root, 0o755);
      expect(await query((await start()).url, "select n from t")).toEqual([{ n: 1 }]);
    });

    it("takes the folder's owner when there is one", async () => {
      await giveDataFolderTo(ordinary.uid);
      await start();
      expect((await stat(join(dataDir, "pg"))).uid).toBe(ordinary.uid);
    });

    it("but not an owner without a name, whom PostgreSQL refuses", async () => {
      await giveDataFolderTo(54_321);
      await start();
      expect((await stat(join(dataDir, "pg"))).uid).toBe(nobody.uid);
    });
  });

if (canOthersReachProject())
  describe("startEmbedded as an ordinary user", () => {
    it("does the same alone", async () => {
      await giveDataFolderTo(ordinary.uid);
      const joined = startProcess(ordinary);
      const { url } = await joined.word;
      await query(url, "select 1");
      expect((await stat(`/proc/${await runningPid()}`)).uid).toBe(ordinary.uid);
    });

    it("says it when the folder is root's", async () => {
      await (await start()).stop();
      const word = await startProcess(ordinary).word;
      expect(word).toMatchObject({ code: "no_access", message: expect.stringContaining(dataDir) });
    });

    it("says it when the user has no name, whom PostgreSQL refuses", async () => {
      await giveDataFolderTo(54_321);
      const word = await startProcess({ uid: 54_321, gid: 54_321 }).word;
      expect(word).toMatchObject({ code: "unsupported", message: expect.stringContaining("DATABASE_URL") });
    });
  });

async function giveDataFolderTo(uid: number): Promise<void> {
  await mkdir(dataDir);
  await chown(dataDir, uid, uid);
}

/** Of every process here, as anybody may read them. */
async function commandLines(): Promise<string> {
  if (process.platform !== "linux") return spawnSync("ps", ["axww"], { encoding: "utf8" }).stdout;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.join("\n");
}

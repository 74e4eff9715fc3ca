import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { birthOf } from "./process-info";
import { embeddedFolder, isRoot, nobody } from "./testing/embedded-folder";
import { query } from "./testing/processes";

const folder = embeddedFolder();
const { killServer, runningPid, start, startProcess } = folder;

describe("startEmbedded", () => {
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
    expect(folder.lines.join("")).toContain("started again");
  });

  it("begins again when a set-up was killed half-way, and leaves no remains", async () => {
    const joined = startProcess();
    await vi.waitFor(
      async () => {
        const draft = (await readdir(folder.dataDir)).find((name) => name.startsWith("pg.new-"));
        expect(await readdir(join(folder.dataDir, draft ?? "none"))).toContain("global");
      },
      { timeout: 20_000, interval: 5 },
    );
    await joined.end("SIGKILL");
    await expect(joined.word).rejects.toThrow();
    expect(await readdir(folder.dataDir)).not.toContain("pg");
    await query((await start()).url, "select 1");
    expect((await readdir(folder.dataDir)).sort()).toEqual(["pg", "pg.run"]);
  });

  it("undoes a set-up that is called off", async () => {
    const calledOff = new AbortController();
    const starting = start(calledOff.signal);
    await vi.waitFor(async () => expect((await readdir(folder.dataDir)).join()).toContain("pg.new-"), {
      interval: 5,
    });
    calledOff.abort();
    await expect(starting).rejects.toThrow(/abort/i);
    expect(await readdir(folder.dataDir)).toEqual(["pg.run"]);
  });

  it("is not misled by a stale file whose number another process has got", async () => {
    await start();
    await query(folder.started[0]?.url, "create table t as select 1 as n");
    await folder.started[0]?.stop();
    const joined = startProcess();
    await joined.word;
    await joined.end("SIGKILL");
    await killServer();
    // PostgreSQL believes only processes of its own account to be its like.
    const other = spawn("sleep", ["600"], isRoot ? nobody : {});
    try {
      const file = join(folder.dataDir, "pg", "postmaster.pid");
      const [, ...rest] = (await readFile(file, "utf8")).split("\n");
      await writeFile(file, [other.pid, ...rest].join("\n"));
      const socketLock = join(folder.dataDir, "pg.run", "socket", ".s.PGSQL.5432.lock");
      await writeFile(socketLock, [other.pid, ...rest].join("\n"));
      expect(await query((await start()).url, "select n from t")).toEqual([{ n: 1 }]);
    } finally {
      other.kill();
      await once(other, "exit");
    }
  });
});

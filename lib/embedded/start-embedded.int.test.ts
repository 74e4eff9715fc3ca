import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { birthOf } from "./process-info";
import { embeddedFolder } from "./testing/embedded-folder";
import { query } from "./testing/processes";

const folder = embeddedFolder();
const { runningPid, start, startProcess } = folder;

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
    expect(folder.lines.join("")).not.toContain(password);
    expect((await stat(join(folder.dataDir, "pg", "homing-password"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder.dataDir, "pg.run", "socket"))).mode & 0o777).toBe(0o700);
    await expect(query(url.replace(password, "wrong"), "select 1")).rejects.toThrow(/authentication failed/);
  });

  it("is one server for all who start at once, and ends with the last", async () => {
    const words = await Promise.all([startProcess(), startProcess(), startProcess()].map(({ word }) => word));
    const own = await start();
    expect(new Set([...words.map(({ url }) => url), own.url]).size).toBe(1);
    const pid = await runningPid();
    await own.stop();
    await folder.processes[0]?.end("SIGTERM");
    await folder.processes[1]?.end("SIGTERM");
    expect(birthOf(pid)).toBeDefined();
    await query(words[2]?.url, "select 1");
    await folder.processes[2]?.end("SIGTERM");
    expect(birthOf(pid)).toBeUndefined();
  });

  it("puts its socket elsewhere when the path is too long for one", async () => {
    folder.dataDir = join(folder.root, "a folder with a rather long name of its own".repeat(2), "data");
    const { url } = await start();
    await query(url, "select 1");
    const directory = new URL(url).searchParams.get("host") ?? "";
    expect(directory.length).toBeLessThan(80);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await rm(directory, { recursive: true });
    await folder.started[0]?.stop();
    await query((await start()).url, "select 1");
    await rm(directory, { recursive: true });
  });

  it("takes an operator's own settings", async () => {
    await (await start()).stop();
    await writeFile(join(folder.dataDir, "pg", "custom.conf"), "work_mem = '3MB'\n", { mode: 0o644 });
    expect(await query((await start()).url, "show work_mem")).toEqual([{ work_mem: "3MB" }]);
  });
});

/** Of every process here, as anybody may read them. */
async function commandLines(): Promise<string> {
  if (process.platform !== "linux") return spawnSync("ps", ["axww"], { encoding: "utf8" }).stdout;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.join("\n");
}

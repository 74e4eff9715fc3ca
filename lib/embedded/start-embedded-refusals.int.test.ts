import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { embeddedFolder, isRoot } from "./testing/embedded-folder";
import { query } from "./testing/processes";

const folder = embeddedFolder();
const { start } = folder;

/** A container's root may not mount. */
function canMount(): boolean {
  if (!isRoot || process.platform !== "linux") return false;
  const tried = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return tried.status === 0;
}

describe("startEmbedded refuses, and says why,", () => {
  it("a folder of another major version, without touching it", async () => {
    await mkdir(join(folder.dataDir, "pg"), { recursive: true });
    await writeFile(join(folder.dataDir, "pg", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toMatchObject({
      code: "other_version",
      message: /PostgreSQL 17.*PostgreSQL 18/,
    });
    expect(await readdir(join(folder.dataDir, "pg"))).toEqual(["PG_VERSION"]);
  });

  it("a folder that is something else, without touching it", async () => {
    await mkdir(join(folder.dataDir, "pg"), { recursive: true });
    await writeFile(join(folder.dataDir, "pg", "letter.txt"), "");
    await expect(start()).rejects.toMatchObject({ code: "not_a_database" });
    expect(await readdir(join(folder.dataDir, "pg"))).toEqual(["letter.txt"]);
  });

  it("a data folder that is a file", async () => {
    await writeFile(folder.dataDir, "");
    await expect(start()).rejects.toMatchObject({
      code: "no_access",
      message: expect.stringContaining(folder.dataDir),
    });
  });

  it("a folder that another machine works in", async () => {
    await (await start()).stop();
    const claim = join(folder.dataDir, "pg.run", "clients", "1-other");
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
    const password = join(folder.dataDir, "pg", "homing-password");
    const right = await readFile(password, "utf8");
    await writeFile(password, "wrong\n");
    await expect(start()).rejects.toMatchObject({ code: "in_use" });
    await writeFile(password, right);
    await query(own.url, "select 1");
  });

  it("an unreadable setting of the operator's, in PostgreSQL's words", async () => {
    await (await start()).stop();
    await writeFile(join(folder.dataDir, "pg", "custom.conf"), "nonsense = 1\n", { mode: 0o644 });
    await expect(start()).rejects.toMatchObject({ code: "failed", message: /nonsense/ });
  });

  // What only root can prepare is no test for others.
  if (canMount())
    it("a full disk, while setting up and later", async () => {
      await mkdir(folder.dataDir);
      spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", folder.dataDir]);
      try {
        await expect(start()).rejects.toMatchObject({
          code: "disk_full",
          message: expect.stringContaining(folder.dataDir),
        });
        expect(await readdir(folder.dataDir)).toEqual(["pg.run"]);
        spawnSync("mount", ["-o", "remount,size=200m", folder.dataDir]);
        await (await start()).stop();
        const free = spawnSync("df", ["--output=avail", "-B1", folder.dataDir], {
          encoding: "utf8",
        }).stdout.split("\n")[1];
        spawnSync("fallocate", ["-l", (free ?? "").trim(), join(folder.dataDir, "filler")]);
        await expect(start()).rejects.toMatchObject({ code: "disk_full" });
        await rm(join(folder.dataDir, "filler"));
        await query((await start()).url, "select 1");
        await folder.started.at(-1)?.stop();
      } finally {
        spawnSync("umount", [folder.dataDir]);
      }
    });
});

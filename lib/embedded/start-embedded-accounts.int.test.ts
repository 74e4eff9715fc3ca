import { spawnSync } from "node:child_process";
import { chmod, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { embeddedFolder, isRoot, nobody } from "./testing/embedded-folder";
import { query } from "./testing/processes";

const folder = embeddedFolder();
const { giveTo, runningPid, start, startProcess } = folder;

/** An account that every Linux has, and that is nobody in particular. */
const ordinary = { uid: 1, gid: 1 };

/** The project, and Node.js, may lie below folders that are closed to others. */
function canOthersReachProject(): boolean {
  const script = 'test -r "$1" && "$2" --version';
  const args = ["-c", script, "sh", import.meta.filename, process.execPath];
  return isRoot && spawnSync("/bin/sh", args, { ...ordinary, cwd: "/", stdio: "ignore" }).status === 0;
}

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
      expect((await stat(join(folder.dataDir, "pg"))).uid).toBe(nobody.uid);
    });

    it("works below a folder that is closed to others, and after that was opened", async () => {
      await chmod(folder.root, 0o700);
      await query((await start()).url, "create table t as select 1 as n");
      await folder.started[0]?.stop();
      await chmod(folder.root, 0o755);
      expect(await query((await start()).url, "select n from t")).toEqual([{ n: 1 }]);
    });

    it("takes the folder's owner when there is one", async () => {
      await giveTo(ordinary.uid);
      await start();
      expect((await stat(join(folder.dataDir, "pg"))).uid).toBe(ordinary.uid);
    });

    it("but not an owner without a name, whom PostgreSQL refuses", async () => {
      await giveTo(54_321);
      await start();
      expect((await stat(join(folder.dataDir, "pg"))).uid).toBe(nobody.uid);
    });
  });
else
  it("startEmbedded runs the server as whoever started it", async () => {
    await start();
    expect((await stat(join(folder.dataDir, "pg"))).uid).toBe(process.getuid?.());
  });

if (canOthersReachProject())
  describe("startEmbedded as an ordinary user", () => {
    it("does the same alone", async () => {
      await giveTo(ordinary.uid);
      const joined = startProcess(ordinary);
      const { url } = await joined.word;
      await query(url, "select 1");
      expect((await stat(`/proc/${await runningPid()}`)).uid).toBe(ordinary.uid);
    });

    it("says it when the folder is root's", async () => {
      await (await start()).stop();
      const word = await startProcess(ordinary).word;
      expect(word).toMatchObject({ code: "no_access", message: expect.stringContaining(folder.dataDir) });
    });

    it("says it when the user has no name, whom PostgreSQL refuses", async () => {
      await giveTo(54_321);
      const word = await startProcess({ uid: 54_321, gid: 54_321 }).word;
      expect(word).toMatchObject({ code: "unsupported", message: expect.stringContaining("DATABASE_URL") });
    });
  });

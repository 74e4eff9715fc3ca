import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownClaim } from "./claim";
import { withFolderLock } from "./folder-lock";
import { machineName } from "./process-info";

let root: string;
let lock: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "homing-lock-"));
  lock = join(root, "lock");
});
afterEach(() => rm(root, { recursive: true }));

describe("withFolderLock", () => {
  it("lets one in at a time, and everyone in the end", async () => {
    let inside = 0;
    let most = 0;
    let done = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      for (let turns = 0; turns < 5; turns += 1) await turn();
      inside -= 1;
      done += 1;
    };
    await Promise.all(Array.from({ length: 25 }, () => withFolderLock(lock, {}, work)));
    expect({ most, done }).toEqual({ most: 1, done: 25 });
    expect(await readdir(lock)).toHaveLength(1);
  });

  it("gives back what the work gives, and is free after its failure", async () => {
    await expect(withFolderLock(lock, {}, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withFolderLock(lock, {}, async () => 1)).toBe(1);
  });

  it.each([
    ["a process that is gone", { pid: 2_147_483_647, born: "then", machine: machineName(hostname()) }],
    ["a process whose number another one has now", { ...ownClaim(), born: "earlier" }],
  ])("takes over from %s", async (_, claim) => {
    await mkdir(lock);
    await writeFile(join(lock, "7"), JSON.stringify(claim));
    await withFolderLock(lock, {}, async () => {
      expect(await readdir(lock)).toEqual(["8"]);
      expect(JSON.parse(await readFile(join(lock, "8"), "utf8"))).toEqual(ownClaim());
    });
  });

  it("takes over from a file that was never written to its end", async () => {
    await mkdir(lock);
    await writeFile(join(lock, "1"), "");
    expect(await withFolderLock(lock, {}, async () => 1)).toBe(1);
  });

  it("says once that it waits, and stops waiting with the signal", async () => {
    const onWait = vi.fn();
    const calledOff = new AbortController();
    await withFolderLock(lock, {}, async () => {
      const second = withFolderLock(lock, { signal: calledOff.signal, onWait }, async () => 2);
      await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce());
      calledOff.abort();
      await expect(second).rejects.toThrow(/abort/i);
    });
    expect(await withFolderLock(lock, {}, async () => 3)).toBe(3);
  });
});

import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive, keepRenewed, ownClaim } from "./claim";

const FREE = "free";
const ASK_AGAIN_MS = 40;

export interface FolderLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once when somebody else holds the lock. */
  readonly onWait?: () => void;
}

/**
 * Runs `work` while no other process, however started, runs its own under the same lock. A holder that was killed does
 * not block: its claim says that it is gone.
 *
 * The lock is a folder of numbered files, of which the highest counts: it is a claim, or says that the lock is free.
 * To take it is to link the next number, which the file system grants to one only; nobody ever takes a number away from
 * another. Files below the highest are remains.
 */
export async function withFolderLock<T>(
  directory: string,
  options: FolderLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const file = await acquire(directory, options);
  const stopRenewing = keepRenewed(file);
  try {
    return await work();
  } finally {
    stopRenewing();
    await replace(file, FREE);
  }
}

async function acquire(directory: string, { signal, onWait }: FolderLockOptions): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (let waits = 0; ; waits += 1) {
    const newest = await newestIn(directory);
    if (newest === 0 || !(await isHeld(join(directory, String(newest)), signal))) {
      const taken = await take(directory, newest + 1);
      if (taken !== undefined) return taken;
    }
    if (waits === 2) onWait?.();
    await pause(ASK_AGAIN_MS * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal });
  }
}

async function isHeld(file: string, signal: AbortSignal | undefined): Promise<boolean> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  // Gone since it was listed: a higher number exists, so this one grants nothing.
  if (text === undefined) return true;
  return text !== FREE && (await isAlive(file, signal));
}

async function take(directory: string, number: number): Promise<string | undefined> {
  const file = join(directory, String(number));
  const draft = join(directory, `.${randomBytes(6).toString("hex")}`);
  await writeFile(draft, JSON.stringify(ownClaim()));
  const linked = await link(draft, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
  await rm(draft, { force: true });
  if (!linked) return undefined;
  const numbers = await numbersIn(directory);
  // Listed before others had moved on: a higher number rules, and this one, though free to link again, is history.
  if (numbers.some((other) => other > number)) {
    await rm(file, { force: true });
    return undefined;
  }
  await Promise.all(
    numbers
      .filter((other) => other < number)
      .map((other) => rm(join(directory, String(other)), { force: true })),
  );
  return file;
}

async function replace(file: string, text: string): Promise<void> {
  const draft = join(file, "..", `.${randomBytes(6).toString("hex")}`);
  await writeFile(draft, text);
  await rename(draft, file);
}

async function newestIn(directory: string): Promise<number> {
  return Math.max(0, ...(await numbersIn(directory)));
}

async function numbersIn(directory: string): Promise<number[]> {
  return (await readdir(directory)).filter((name) => /^\d+$/.test(name)).map(Number);
}

import { randomBytes } from "node:crypto";
import { open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { birthOf, machineName } from "./process-info";

/** A file that says "this process": whoever finds it can tell whether that process still lives. */
const claimSchema = z.object({ pid: z.int(), born: z.string(), machine: z.string() });
export type Claim = z.infer<typeof claimSchema>;

const BEAT_MS = 3_000;
/** A claim of another machine counts as dead when it was not renewed for this long. */
const SILENCE_MS = 30_000;

/** What this process writes into its claims. */
export function ownClaim(): Claim {
  return { pid: process.pid, born: birthOf(process.pid) ?? "", machine: machineName(hostname()) };
}

/** Renews a claim until the returned function is called, for those on other machines, who cannot ask about processes. */
export function keepRenewed(file: string): () => void {
  // Whoever deleted the file has ended the claim: there is nothing left to renew.
  const beat = setInterval(() => renew(file).catch(() => clearInterval(beat)), BEAT_MS);
  beat.unref();
  return () => clearInterval(beat);
}

/** Writes what stands there already, because a write takes its time from the file system, unlike `utimes`. */
async function renew(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.write("{", 0);
  } finally {
    await handle.close();
  }
}

/**
 * Whether the process that wrote the claim still lives. On this machine the answer is at once and sure; for a claim of
 * another machine (a container with the same folder, a network disk) it may take half a minute of watching.
 */
export async function isAlive(file: string, signal?: AbortSignal): Promise<boolean> {
  const claim = await readClaim(file);
  if (claim === undefined) return false;
  if (claim.machine === machineName(hostname())) return birthOf(claim.pid) === claim.born;
  return isRenewed(file, signal);
}

/** The claim in a file; undefined when there is no file, or nothing in it that is a claim. */
export async function readClaim(file: string): Promise<Claim | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  try {
    return claimSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function isRenewed(file: string, signal: AbortSignal | undefined): Promise<boolean> {
  const first = await modifiedAt(file);
  for (;;) {
    const last = await modifiedAt(file);
    if (last === undefined) return false;
    if (last !== first) return true;
    // Both times come from the file system, so that clocks that differ between machines do not matter.
    if ((await fileSystemTime(dirname(file))) - last > SILENCE_MS) return false;
    await pause(500, undefined, signal === undefined ? {} : { signal });
  }
}

async function fileSystemTime(directory: string): Promise<number> {
  const probe = join(directory, `.time-${randomBytes(6).toString("hex")}`);
  await writeFile(probe, "");
  try {
    return (await stat(probe)).mtimeMs;
  } finally {
    await rm(probe, { force: true });
  }
}

async function modifiedAt(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    },
  );
}

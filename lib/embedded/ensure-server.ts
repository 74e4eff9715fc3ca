import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../ops/log";
import { type Account, giveTo } from "./account";
import { livingClients } from "./clients";
import { answers, ensureDatabase } from "./connection";
import { EmbeddedError } from "./embedded-error";
import { ensureCluster, readPassword } from "./initialize";
import { disownPostmasterFile, type PostmasterFile, readPostmasterFile } from "./postmaster-file";
import { isServerOf } from "./process-info";
import { type ServerOptions, startServer } from "./server-process";
import { type Address, pgHbaConf, postgresqlConf } from "./settings";
import { makeAddress } from "./socket-directory";

export interface EnsureOptions extends ServerOptions {
  readonly log: Logger;
}

export interface RunningServer {
  readonly address: Address;
  readonly password: string;
}

const ASK_AGAIN_MS = 100;
/** How long a server that says it is ready may leave us without an answer. */
const REFUSALS = 30;
/** How long the children of a killed server may take to notice and end. */
const ORPHANS_MS = 30_000;

/**
 * Finds the server that works in this folder, or starts one; sets the folder up when it is new, and makes the product's
 * database. Call it under the lock.
 *
 * @throws EmbeddedError
 */
export async function ensureServer(options: EnsureOptions): Promise<RunningServer> {
  await ensureCluster(options);
  const password = await readPassword(options.layout);
  const address = (await findRunning(options, password)) ?? (await startAnew(options));
  await ensureDatabase(address, password);
  return { address, password };
}

async function findRunning(options: EnsureOptions, password: string): Promise<Address | undefined> {
  const { layout, log, signal } = options;
  for (let refusals = 0; refusals < REFUSALS; refusals += 1) {
    const file = await settled(options);
    if (file === undefined) return undefined;
    const address = await firstThatAnswers(layout.socket, file.address, password);
    if (address !== undefined) {
      log.debug("using the PostgreSQL that runs already");
      return address;
    }
    if (!isServerOf(file.pid, layout.cluster)) return undefined;
    await pause(ASK_AGAIN_MS, undefined, signal === undefined ? {} : { signal });
  }
  throw inUse(layout.cluster, "a PostgreSQL that does not answer");
}

/** What the server's file says once it is neither starting nor stopping. */
async function settled({ layout, signal }: EnsureOptions): Promise<PostmasterFile | undefined> {
  for (;;) {
    const file = await readPostmasterFile(layout.cluster);
    if (file === undefined || file.status === "ready" || !isServerOf(file.pid, layout.cluster)) return file;
    await pause(ASK_AGAIN_MS, undefined, signal === undefined ? {} : { signal });
  }
}

/** The address that the server wrote down; when its folder was moved since, the one where its socket is now. */
async function firstThatAnswers(socket: string, written: Address | undefined, password: string) {
  if (written === undefined) return undefined;
  if (await answers(written, password)) return written;
  if (written.kind !== "socket" || written.directory === socket) return undefined;
  const moved: Address = { kind: "socket", directory: socket };
  return (await answers(moved, password)) ? moved : undefined;
}

async function startAnew(options: EnsureOptions): Promise<Address> {
  const { layout, account } = options;
  const { elsewhere } = await livingClients(layout);
  if (elsewhere.length > 0) throw inUse(layout.cluster, `the machine ${elsewhere[0]}`);
  await giveTo(account, layout.cluster);
  if ((await readPostmasterFile(layout.cluster)) !== undefined)
    await disownPostmasterFile(layout.cluster, account);
  const address = await makeAddress(layout, account);
  await writeSettings(layout.cluster, account, address);
  await startPatiently(options);
  return address;
}

/** The children of a server that was killed may still be at work in the folder; they end by themselves. */
async function startPatiently(options: EnsureOptions): Promise<void> {
  for (let waited = 0; ; waited += ASK_AGAIN_MS) {
    try {
      return await startServer(options);
    } catch (error) {
      const mayPass = error instanceof EmbeddedError && error.code === "in_use" && waited < ORPHANS_MS;
      if (!mayPass) throw error;
      await pause(ASK_AGAIN_MS, undefined, options.signal === undefined ? {} : { signal: options.signal });
    }
  }
}

async function writeSettings(cluster: string, account: Account, address: Address): Promise<void> {
  const files = {
    "postgresql.conf": postgresqlConf(address, process.platform),
    "pg_hba.conf": pgHbaConf(address),
  };
  for (const [name, text] of Object.entries(files)) {
    const draft = join(cluster, `${name}.new`);
    await writeFile(draft, text, { mode: 0o600 });
    await giveTo(account, draft);
    await rename(draft, join(cluster, name));
  }
}

function inUse(cluster: string, by: string): EmbeddedError {
  return new EmbeddedError(
    "in_use",
    `${cluster} is in use by ${by}. Stop it first, set DATA_DIR to another folder, or set DATABASE_URL.`,
  );
}

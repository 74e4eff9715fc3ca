import { chmod, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Logger } from "../ops/log";
import { startLoop } from "../ops/loop";
import { chooseAccount } from "./account";
import { findBinaries } from "./binaries";
import { livingClients, type Registration, register } from "./clients";
import { answers, databaseUrl } from "./connection";
import { asEmbeddedError } from "./diagnosis";
import { type EnsureOptions, ensureServer, type RunningServer } from "./ensure-server";
import { withFolderLock } from "./folder-lock";
import { type Layout, layoutOf } from "./layout";
import { readPostmasterFile } from "./postmaster-file";
import { isServerOf } from "./process-info";
import { stopServer } from "./server-process";

export interface EmbeddedOptions {
  /** The data folder of the installation; PostgreSQL's own is `pg` in it. */
  readonly dataDir: string;
  readonly log: Logger;
  /** Ends a start that is under way; what was begun is undone. */
  readonly signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** The address for `pg`. It holds a password: never log it, never pass it as an argument. */
  readonly url: string;
  /** Leaves the server, and stops it when nobody else uses it. Waits until that is done. */
  stop(): Promise<void>;
}

const WATCH_MS = 1_000;
const SLOWEST_WATCH_MS = 10_000;

/**
 * Brings up the PostgreSQL that belongs to a data folder, setting it up the first time, and keeps it up: when it dies
 * it is started again, at the same address. All processes of a machine that name the same folder share one server; it
 * outlives those that are killed, and ends with the last that stops.
 *
 * @throws EmbeddedError with a sentence for the person who started this.
 */
export async function startEmbedded({ dataDir, log, signal }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const layout = layoutOf(resolve(dataDir));
  try {
    const binaries = await findBinaries();
    await makeFolders(layout);
    const account = chooseAccount(binaries, layout);
    return await join({ binaries, account, layout, log, signal });
  } catch (error) {
    throw asEmbeddedError(error, layout.data);
  }
}

async function join(options: EnsureOptions): Promise<EmbeddedPostgres> {
  const { layout, log, signal } = options;
  const onWait = () => log.info("waiting for another process that starts or stops PostgreSQL");
  let registration: Registration | undefined;
  let server: RunningServer;
  try {
    server = await withFolderLock(layout.lock, { signal, onWait }, async () => {
      registration = await register(layout);
      return ensureServer(options);
    });
  } catch (error) {
    await leave(options, registration);
    throw error;
  }
  const stopWatching = watch({ ...options, signal: undefined }, server);
  let stopping: Promise<void> | undefined;
  return {
    url: databaseUrl(server.address, server.password),
    stop: () => {
      stopping ??= stopWatching().then(() => leave(options, registration));
      return stopping;
    },
  };
}

async function leave(options: EnsureOptions, registration: Registration | undefined): Promise<void> {
  if (registration === undefined) return;
  await withFolderLock(options.layout.lock, {}, async () => {
    await registration.remove();
    const { here, elsewhere } = await livingClients(options.layout);
    if (here + elsewhere.length === 0) await stopServer(options);
  });
}

/** Starts the server again when it is gone; of several processes the first does, and the others find it running. */
function watch(options: EnsureOptions, server: RunningServer): () => Promise<void> {
  const { layout, log } = options;
  const ending = new AbortController();
  const ended = startLoop(
    {
      every: WATCH_MS,
      longestPause: SLOWEST_WATCH_MS,
      signal: ending.signal,
      onError: (error) => log.error({ err: asEmbeddedError(error, layout.data) }, "PostgreSQL is down"),
    },
    async (signal) => {
      if (await isUp(layout, server)) return;
      log.warn("PostgreSQL has ended and is started again");
      await withFolderLock(layout.lock, { signal }, () => ensureServer({ ...options, signal }));
    },
  );
  return async () => {
    ending.abort();
    await ended;
  };
}

async function isUp(layout: Layout, { address, password }: RunningServer): Promise<boolean> {
  const file = await readPostmasterFile(layout.cluster);
  if (file !== undefined && isServerOf(file.pid, layout.cluster)) return true;
  // Not a process that is seen from here: it may run in another container that has the same folder.
  return answers(address, password);
}

async function makeFolders(layout: Layout): Promise<void> {
  const created = await mkdir(layout.data, { recursive: true });
  // Root lends PostgreSQL another account, which must get through; what is in the folders guards itself.
  const passable = process.getuid?.() === 0 ? 0o711 : 0o700;
  if (created !== undefined) await chmod(layout.data, passable);
  for (const folder of [layout.runtime, layout.clients, layout.lock])
    await mkdir(folder, { recursive: true });
  await chmod(layout.runtime, passable);
}

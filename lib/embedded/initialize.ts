import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "../ops/log";
import { type Account, giveTo } from "./account";
import { type Binaries, POSTGRES_MAJOR } from "./binaries";
import { diagnose } from "./diagnosis";
import { EmbeddedError } from "./embedded-error";
import type { Layout } from "./layout";
import { runProgram } from "./run-program";

const PASSWORD_FILE = "homing-password";
/** PostgreSQL's own first account; it exists for maintenance and owns nothing of the product. */
export const SUPERUSER = "postgres";

export interface InitializeOptions {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly layout: Layout;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes sure that there is a complete PostgreSQL folder of the right version. A new one is made under another name and
 * renamed when it is complete, so that a process killed half-way leaves nothing that looks finished; its remains are
 * removed here. Call it under the lock.
 *
 * @throws EmbeddedError
 */
export async function ensureCluster(options: InitializeOptions): Promise<void> {
  const { layout } = options;
  await removeRemains(layout);
  switch (await versionOf(layout.cluster)) {
    case String(POSTGRES_MAJOR):
      return;
    case undefined:
      return initialize(options);
    case "":
      throw new EmbeddedError(
        "not_a_database",
        `${layout.cluster} exists and is not a PostgreSQL data folder. Move it away, or set DATA_DIR to another folder.`,
      );
    default:
      throw new EmbeddedError(
        "other_version",
        `${layout.cluster} was made by PostgreSQL ${await versionOf(layout.cluster)}, and this Homing brings PostgreSQL ` +
          `${POSTGRES_MAJOR}. Start the Homing that made it and move the data with its backup and restore.`,
      );
  }
}

/** The password of the database, made together with its folder. It never appears in arguments or logs. */
export async function readPassword({ cluster }: Layout): Promise<string> {
  return (await readFile(join(cluster, PASSWORD_FILE), "utf8")).trim();
}

/** The major version written in the folder; undefined when there is no folder (or an empty one), empty when it is something else. */
async function versionOf(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")))
      throw error;
  }
  try {
    await rmdir(cluster);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) return "";
  }
  return undefined;
}

async function initialize({ binaries, account, layout, log, signal }: InitializeOptions): Promise<void> {
  log.info({ directory: layout.cluster }, "setting up PostgreSQL, once");
  const mark = randomBytes(6).toString("hex");
  const draft = `${layout.cluster}.new-${mark}`;
  const passwordFile = join(layout.runtime, `password-${mark}`);
  const password = randomBytes(32).toString("base64url");
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flag: "wx" });
    await giveTo(account, draft);
    await giveTo(account, passwordFile);
    const command = account.command(binaries.initdb, initdbArguments(draft, passwordFile));
    const { code, output } = await runProgram(command, { cwd: layout.runtime, signal });
    if (code !== 0) throw diagnose(output, layout.data);
    await writeDurably(join(draft, PASSWORD_FILE), `${password}\n`);
    await giveTo(account, join(draft, PASSWORD_FILE));
    await syncDirectory(draft);
    await rename(draft, layout.cluster);
    await syncDirectory(layout.data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

function initdbArguments(directory: string, passwordFile: string): string[] {
  return [
    `--pgdata=${directory}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The same order and case rules on every machine, whatever its C library says.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
    "--no-instructions",
  ];
}

async function removeRemains({ data, runtime }: Layout): Promise<void> {
  const remains = [
    ...(await readdir(data)).filter((name) => name.startsWith("pg.new-")).map((name) => join(data, name)),
    ...(await readdir(runtime))
      .filter((name) => name.startsWith("password-"))
      .map((name) => join(runtime, name)),
  ];
  for (const path of remains)
    await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open folders, and keeps renames in order by itself.
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

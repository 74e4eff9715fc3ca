import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { chown, lchown, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { childEnvironment } from "../ops/config/child-environment";
import type { Binaries } from "./binaries";
import { EmbeddedError } from "./embedded-error";
import type { Layout } from "./layout";

/** How a program is started, so that it runs under the account that PostgreSQL accepts. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Under whom PostgreSQL runs: it refuses root, so that root has to lend it another account. */
export interface Account {
  /** Who owns PostgreSQL's files; undefined: whoever runs this process. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  command(file: string, args: readonly string[]): Command;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const SELF: Account = { owner: undefined, command: (file, args) => ({ file, args }) };

/**
 * Chooses the account. An ordinary user needs nothing. Root takes the owner of what is there already, else `nobody`; and
 * where folders above the project are closed to that account, the least of these that works:
 *
 * - the capability to search and read any folder (else: to pass over all permissions), kept through the change of
 *   account; `no_setuid_fixup` makes `access(2)`, by which PostgreSQL looks for its own files, respect it;
 * - a user namespace, in which root's own files seem to belong to an ordinary user.
 *
 * @throws EmbeddedError `no_access` when none works.
 */
export function chooseAccount(binaries: Binaries, layout: Layout): Account {
  if (process.getuid?.() !== 0) return SELF;
  const identity = ownerOf(layout.cluster) ?? ownerOf(layout.data) ?? nobody();
  const candidates = [
    plain(identity),
    ...["dac_read_search", "dac_override"].map((capability) => withCapability(identity, capability)),
    inUserNamespace(),
  ];
  const account = candidates.find((candidate) => works(candidate, binaries, layout));
  if (account !== undefined) return account;
  throw new EmbeddedError(
    "no_access",
    `PostgreSQL does not run as root, and no other account can reach ${layout.data}. Start as an ordinary user, ` +
      "move the project out of folders that are closed to others, or set DATABASE_URL.",
  );
}

/** Gives a file or folder, with all in it, to the account; the folder itself last, so that a kill half-way is seen. */
export async function giveTo(account: Account, path: string): Promise<void> {
  if (account.owner === undefined) return;
  const { uid, gid } = account.owner;
  const found = await lstat(path);
  if (found.isDirectory()) {
    for (const name of await readdir(path)) await giveTo(account, join(path, name));
  }
  if (found.isSymbolicLink()) await lchown(path, uid, gid);
  else await chown(path, uid, gid);
}

function plain(identity: Identity): Account {
  return { owner: identity, command: (file, args) => ({ file, args, ...identity }) };
}

function withCapability(identity: Identity, capability: string): Account {
  const only = `-all,+${capability}`;
  const options = [
    `--reuid=${identity.uid}`,
    `--regid=${identity.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    `--inh-caps=${only}`,
    `--ambient-caps=${only}`,
    `--bounding-set=${only}`,
    "--no-new-privs",
  ];
  return {
    owner: identity,
    command: (file, args) => ({ file: "setpriv", args: [...options, file, ...args] }),
  };
}

function inUserNamespace(): Account {
  const options = ["--user", "--map-user=65534", "--map-group=65534"];
  return {
    owner: { uid: 0, gid: 0 },
    command: (file, args) => ({ file: "unshare", args: [...options, file, ...args] }),
  };
}

/** Tries what PostgreSQL itself will do: find and load its program, and enter its folder. */
function works(account: Account, { postgres, initdb }: Binaries, { data }: Layout): boolean {
  const script = 'test -r "$1" && test -x "$1" && test -x "$2" && cd "$3" && "$1" --version';
  const { file, args, uid, gid } = account.command("/bin/sh", ["-c", script, "sh", postgres, initdb, data]);
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  const tried = spawnSync(file, [...args], {
    ...identity,
    cwd: "/",
    stdio: "ignore",
    env: childEnvironment(),
    timeout: 10_000,
  });
  return tried.status === 0;
}

function ownerOf(path: string): Identity | undefined {
  if (!existsSync(path)) return undefined;
  const { uid, gid } = statSync(path);
  return uid === 0 || !hasName(uid) ? undefined : { uid, gid };
}

/** PostgreSQL looks the name of its user up, and refuses one without. */
function hasName(uid: number): boolean {
  return spawnSync("id", ["-un", String(uid)], { stdio: "ignore", timeout: 10_000 }).status === 0;
}

function nobody(): Identity {
  const ask = (option: string) => {
    const answer = spawnSync("id", [option, "nobody"], { encoding: "utf8", timeout: 10_000 });
    // macOS says 4294967294 where system calls want -2.
    return /^\d+\s*$/.test(answer.stdout ?? "") ? Number(answer.stdout) | 0 : 65_534;
  };
  return { uid: ask("-u"), gid: ask("-g") };
}

import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Account, giveTo } from "./account";
import type { Address } from "./settings";

/** What PostgreSQL writes into `postmaster.pid` while it runs. */
export interface PostmasterFile {
  readonly pid: number;
  /** Undefined while it starts and has not said yet. */
  readonly address: Address | undefined;
  readonly status: "starting" | "ready" | "stopping";
}

/** A number that no process has, on any system: what stands in a stale file instead of one that others have now. */
const NOBODYS_PID = 2_147_483_647;

/** Reads the file; undefined when there is none, or a first line that is no number. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathIn(cluster), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return parsePostmasterFile(text);
}

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const [pid = "", , , port = "", socketDirectory = "", listen = "", , status = ""] = text
    .split("\n")
    .map((line) => line.trim());
  // A server without clients of its own (single-user mode) writes its number as a negative one.
  if (!/^-?[1-9]\d*$/.test(pid)) return undefined;
  return {
    pid: Math.abs(Number(pid)),
    address: addressOf(port, socketDirectory, listen),
    status: statusOf(status),
  };
}

/**
 * Makes a stale file harmless whose number another process has got since: PostgreSQL would not start. The rest of the
 * file stays, because by it PostgreSQL notices that children of the dead server still work.
 */
export async function disownPostmasterFile(cluster: string, account: Account): Promise<void> {
  const path = pathIn(cluster);
  const [, ...rest] = (await readFile(path, "utf8")).split("\n");
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, [NOBODYS_PID, ...rest].join("\n"), { mode: 0o600 });
  await giveTo(account, draft);
  await rename(draft, path);
}

function addressOf(port: string, socketDirectory: string, listen: string): Address | undefined {
  if (!/^\d+$/.test(port)) return undefined;
  if (socketDirectory !== "") return { kind: "socket", directory: socketDirectory };
  return listen === "" ? undefined : { kind: "loopback", port: Number(port) };
}

function statusOf(text: string): PostmasterFile["status"] {
  if (text === "ready" || text === "standby") return "ready";
  return text === "stopping" ? "stopping" : "starting";
}

function pathIn(cluster: string): string {
  return join(cluster, "postmaster.pid");
}

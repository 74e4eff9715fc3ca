import { randomBytes } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive, keepRenewed, ownClaim, readClaim } from "./claim";
import type { Layout } from "./layout";
import { machineName } from "./process-info";

/** This process's entry in the list of those who use the server. */
export interface Registration {
  readonly file: string;
  /** Takes the entry away. Call it under the lock. */
  remove(): Promise<void>;
}

/** Enters this process into the list. Call it under the lock. */
export async function register({ clients }: Layout): Promise<Registration> {
  const file = join(clients, `${process.pid}-${randomBytes(6).toString("hex")}`);
  await writeFile(file, JSON.stringify(ownClaim()));
  const stopRenewing = keepRenewed(file);
  return {
    file,
    remove: async () => {
      stopRenewing();
      await rm(file, { force: true });
    },
  };
}

/** Which living processes use the server, on this machine and on others; takes dead entries away. Call it under the lock. */
export async function livingClients(
  { clients }: Layout,
  except?: Registration,
): Promise<{ readonly here: number; readonly elsewhere: readonly string[] }> {
  const here = machineName(hostname());
  const machines: string[] = [];
  for (const name of (await readdir(clients)).filter((entry) => !entry.startsWith("."))) {
    const file = join(clients, name);
    if (file === except?.file) continue;
    const claim = await readClaim(file);
    if (claim !== undefined && (await isAlive(file))) machines.push(claim.machine);
    else await rm(file, { force: true });
  }
  return {
    here: machines.filter((machine) => machine === here).length,
    elsewhere: machines
      .filter((machine) => machine !== here)
      .map((machine) => machine.split("/")[0] ?? machine),
  };
}

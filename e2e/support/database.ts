import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import type { HomingServer } from "./homing-server";

/** Where PostgreSQL writes its port and the folder of its socket: the fourth and fifth line of its own file. */
const PORT_LINE = 3;
const DIRECTORY_LINE = 4;

/**
 * Works on the server's own embedded PostgreSQL, for what would take a user days: a long history, an old message. Whoever
 * writes here keeps the counters right.
 */
export async function withDatabase<T>(
  homing: HomingServer,
  work: (database: Client) => Promise<T>,
): Promise<T> {
  const folder = join(homing.dataFolder, "pg");
  const lines = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n");
  const client = new Client({
    user: "homing",
    database: "homing",
    password: (await readFile(join(folder, "homing-password"), "utf8")).trim(),
    host: lines[DIRECTORY_LINE] || "127.0.0.1",
    port: Number(lines[PORT_LINE]),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseAccount, giveTo } from "@/lib/embedded/account";
import { findBinaries } from "@/lib/embedded/binaries";
import { layoutOf } from "@/lib/embedded/layout";
import { runProgram } from "@/lib/embedded/run-program";
import { freePort } from "@/lib/ops/free-port";

/** A PostgreSQL of its own in a temporary folder, reachable by TCP on this machine only. */
export interface PostgresServer {
  readonly port: number;
  url(database: string): string;
  /** `immediate` is a crash: everybody is cut off and the next start recovers from the log. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  /** After `stop`, on the same port with the same data. */
  start(): Promise<void>;
  /** Stops it when it runs and removes the folder. */
  remove(): Promise<void>;
}

/**
 * Starts an empty server.
 *
 * `durable: false` leaves out fsync: quicker, and still whole after a crash of the server, since only a crash of the
 * machine loses what the kernel holds.
 */
export async function startPostgresServer(options: { durable: boolean }): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "homing-test-"));
  const layout = layoutOf(folder);
  const data = layout.cluster;
  const binaries = await findBinaries();
  // PostgreSQL refuses root: tests that run as root lend it another account
  const account = chooseAccount(binaries, layout);
  await giveTo(account, folder);
  const command = async (program: string, ...parameters: string[]) => {
    const { code, output } = await runProgram(account.command(program, parameters), { cwd: folder });
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${output}`);
  };
  await command(
    binaries.initdb,
    "-D",
    data,
    "-U",
    "homing",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-sync",
  );
  const port = await freePort();
  await appendFile(
    join(data, "postgresql.conf"),
    [
      "",
      `port = ${port}`,
      "listen_addresses = '127.0.0.1'",
      `unix_socket_directories = '${process.platform === "win32" ? "" : folder}'`,
      `fsync = ${options.durable ? "on" : "off"}`,
      "max_connections = 200",
      "log_min_messages = fatal",
      "",
    ].join("\n"),
  );
  const log = join(folder, "log");
  const start = async () => {
    try {
      await command(binaries.pgCtl, "start", "-w", "-s", "-D", data, "-l", log);
    } catch (cause) {
      throw new Error(`PostgreSQL did not start: ${await readFile(log, "utf8")}`, { cause });
    }
  };
  let running = false;
  const server: PostgresServer = {
    port,
    url: (database) => `postgres://homing@127.0.0.1:${port}/${database}`,
    async start() {
      await start();
      running = true;
    },
    async stop(mode = "fast") {
      running = false;
      await command(binaries.pgCtl, "stop", "-w", "-s", "-D", data, "-m", mode);
    },
    async remove() {
      if (running) await server.stop("immediate");
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

import { startEmbedded } from "@/lib/embedded/start-embedded";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { migrate } from "@/lib/store/migrate";
import type { RunningProcess } from "./running-process";

/** The database, migrated: the operator's, or the one that comes along. */
export async function openDatabase({ config, log, lifecycle }: RunningProcess): Promise<StoreConnections> {
  let url = config.database.url;
  if (url === undefined) {
    const embedded = await startEmbedded({ dataDir: config.data.directory, log, signal: lifecycle.signal });
    lifecycle.onShutdown("embedded", "embedded PostgreSQL", () => embedded.stop());
    url = embedded.url;
  }
  const connections = connectStore({
    url,
    poolSize: config.database.poolSize,
    onError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  lifecycle.onShutdown("database", "database connections", () => connections.close());
  await migrate(connections.db);
  return connections;
}

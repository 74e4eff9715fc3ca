import { startEmbedded } from "@/lib/embedded/start-embedded";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { migrate } from "@/lib/store/migrate";
import { statementErrorCode } from "@/lib/store/statement-error-code";
import { toStoreError } from "@/lib/store/unavailable";
import { DatabaseUnreachableError } from "./database-unreachable-error";
import type { RunningProcess } from "./running-process";

/** The database, migrated: the operator's, or the one that comes along. */
export async function openDatabase({ config, log, lifecycle }: RunningProcess): Promise<StoreConnections> {
  let url = config.database.url;
  if (url === undefined) {
    const start = startEmbedded({ dataDir: config.data.directory, log, signal: lifecycle.signal });
    ({ url } = await lifecycle.starting("embedded", "embedded PostgreSQL", start, ({ stop }) => stop()));
  }
  const connections = connectStore({
    url,
    poolSize: config.database.poolSize,
    onError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  lifecycle.onShutdown("database", "database connections", () => connections.close());
  try {
    await migrate(connections.db);
  } catch (error) {
    throw cannotBeUsed(error) ? new DatabaseUnreachableError(error) : error;
  }
  return connections;
}

/** PostgreSQL's classes for a wrong name or password, and for a database that is not there. */
const REFUSED = /^(28|3D)/;

function cannotBeUsed(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return toStoreError(error) !== error || REFUSED.test(statementErrorCode(error) ?? "");
}

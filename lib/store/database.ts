import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./schema";

/** Counters are `bigint` in the store and stay far below 2^53: read as numbers. */
const INT8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format),
};

/** The connections to PostgreSQL: `pool` for raw named statements, `db` for the rest. `close` waits for what runs. */
export interface StoreConnections {
  pool: pg.Pool;
  db: Kysely<Database>;
  close(): Promise<void>;
}

/** Connects lazily; `onError` hears of idle connections that broke, which the pool replaces by itself. */
export function connectStore(options: {
  url: string;
  poolSize: number;
  onError: (error: Error) => void;
}): StoreConnections {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    types,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    application_name: "homing",
  });
  pool.on("error", options.onError);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  // not db.destroy(): that leaves the pool open when nothing went through Kysely yet
  return { pool, db, close: () => pool.end() };
}

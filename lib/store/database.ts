import { Socket } from "node:net";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { DedicatedConnection } from "./dedicated-connection";
import type { Database } from "./schema";

/** Counters are `bigint` in the store and stay far below 2^53: read as numbers. */
const INT8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format),
};

/** The server gives up on a statement after this, and the client on a silent connection a little later. */
const STATEMENT_TIMEOUT_MS = 15_000;
const SILENCE_MS = 20_000;

/** The connections to PostgreSQL: `pool` for raw named statements, `db` for the rest. `close` waits for what runs. */
export interface StoreConnections {
  pool: pg.Pool;
  db: Kysely<Database>;
  /** A connection outside the pool, for one kind of statement, opened when first used. Its owner closes it. */
  dedicated(settings: Record<string, string>): DedicatedConnection;
  close(): Promise<void>;
}

/** Connects lazily; `onError` hears of idle connections that broke, which are replaced by themselves. */
export function connectStore(options: {
  url: string;
  poolSize: number;
  onError: (error: Error) => void;
}): StoreConnections {
  const config: pg.ClientConfig = {
    connectionString: options.url,
    types,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // a node that stops in the middle of a transaction must not hold its locks for ever
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    // compiling a plan takes longer than any statement here runs
    options: "-c jit=off",
    application_name: "homing",
  };
  const pool = new pg.Pool({ ...config, max: options.poolSize, stream: impatientSocket });
  pool.on("error", options.onError);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    db,
    dedicated: (settings) => new DedicatedConnection({ config, settings, onError: options.onError }),
    // not db.destroy(): that leaves the pool open when nothing went through Kysely yet
    close: () => pool.end(),
  };
}

/** A server that vanished from the network answers nothing, not even an error: the silence ends the connection. */
function impatientSocket(): Socket {
  const socket = new Socket();
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error("Connection terminated: no answer in time")));
  return socket;
}

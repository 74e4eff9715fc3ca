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
const ANSWER_WITHIN_MS = 20_000;
/** Of a dedicated connection, which sets a shorter limit for its statements: people wait for it. */
const DEDICATED_ANSWER_WITHIN_MS = 7_000;

/** The connections to PostgreSQL: `pool` for raw named statements, `db` for the rest. `close` waits for what runs. */
export interface StoreConnections {
  pool: pg.Pool;
  db: Kysely<Database>;
  /** A connection outside the pool, for one kind of statement, opened when first used. Its owner closes it. */
  dedicated(settings: Record<string, string>): DedicatedConnection;
  close(): Promise<void>;
}

/** Connects lazily; `onError` hears of connections that broke, which are replaced by themselves. */
export function connectStore(options: {
  url: string;
  poolSize: number;
  onError: (error: Error) => void;
  /** A connection on which the server says nothing for so long is given up. */
  answerWithinMs?: number;
}): StoreConnections {
  const { answerWithinMs, onError } = options;
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
  const pool = new pg.Pool({
    ...config,
    max: options.poolSize,
    stream: () => impatientSocket(answerWithinMs ?? ANSWER_WITHIN_MS),
  });
  // in use or not: without a listener of its own, a connection that breaks within a transaction ends the process
  pool.on("connect", (client) => client.on("error", onError));
  pool.on("error", () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    db,
    dedicated: (settings) =>
      new DedicatedConnection({
        config,
        settings,
        answerWithinMs: answerWithinMs ?? DEDICATED_ANSWER_WITHIN_MS,
        onError,
      }),
    // not db.destroy(): that leaves the pool open when nothing went through Kysely yet
    close: () => pool.end(),
  };
}

/**
 * A server that vanished from the network answers nothing, not even an error: the silence ends the connection. The pool
 * closes idle ones earlier.
 */
function impatientSocket(answerWithinMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(answerWithinMs, () =>
    socket.destroy(new Error("Connection terminated: no answer in time")),
  );
  return socket;
}

import { Socket } from "node:net";
import pg from "pg";

/** A named statement: prepared once a connection. */
export interface NamedStatement {
  name: string;
  text: string;
  values: unknown[];
}

interface DedicatedOptions {
  config: pg.ClientConfig;
  /** Set on each new connection. */
  settings: Record<string, string>;
  /** An answer later than this ends the connection. */
  answerWithinMs: number;
  onError: (error: Error) => void;
}

/**
 * One connection to PostgreSQL for one kind of statement, with planner settings of its own. Opened when first used and
 * again after it broke: a query on a broken connection rejects, the next one tries anew. One query at a time.
 */
export class DedicatedConnection {
  readonly #options: DedicatedOptions;
  #open: { client: pg.Client; socket: Socket } | undefined;
  #closed = false;

  constructor(options: DedicatedOptions) {
    this.#options = options;
  }

  /** @throws what pg throws; whether the statement was committed is unknown when the connection broke. */
  async query<Row extends pg.QueryResultRow>(statement: NamedStatement): Promise<Row[]> {
    if (this.#closed) throw new Error("Connection terminated: the store is closed");
    this.#open ??= await this.#connect();
    const { client, socket } = this.#open;
    socket.setTimeout(this.#options.answerWithinMs);
    try {
      const { rows } = await client.query<Row>(statement);
      return rows;
    } finally {
      socket.setTimeout(0);
    }
  }

  /** After the last query was answered. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = this.#open;
    this.#open = undefined;
    await open?.client.end();
  }

  async #connect(): Promise<{ client: pg.Client; socket: Socket }> {
    const socket = new Socket();
    socket.on("timeout", () => socket.destroy(new Error("Connection terminated: no answer in time")));
    const client = new pg.Client({ ...this.#options.config, stream: () => socket });
    const open = { client, socket };
    client.on("error", (error) => {
      this.#forget(client);
      this.#options.onError(error);
    });
    client.on("end", () => this.#forget(client));
    try {
      await client.connect();
      for (const [name, value] of Object.entries(this.#options.settings)) {
        await client.query("select set_config($1, $2, false)", [name, value]);
      }
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return open;
  }

  #forget(client: pg.Client): void {
    if (this.#open?.client === client) this.#open = undefined;
  }
}

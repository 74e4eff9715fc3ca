import { Client, type ClientConfig } from "pg";
import { type PostgresServer, startPostgresServer } from "@/lib/store/testing/postgres-server";

const DATABASE = "homing";

/** A durable PostgreSQL of its own process with an empty database, for the nodes of one test cluster. */
export class TestDatabase {
  readonly #server: PostgresServer;
  readonly #hogs: Client[] = [];

  private constructor(server: PostgresServer) {
    this.#server = server;
  }

  static async start(): Promise<TestDatabase> {
    const server = await startPostgresServer({ durable: true });
    const database = new TestDatabase(server);
    await database.query(`create database ${DATABASE}`, "postgres");
    return database;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Its address, or what it looks like through a proxy on `port`. */
  url(port = this.port): string {
    return this.#server.url(DATABASE).replace(`:${this.port}/`, `:${port}/`);
  }

  async query(text: string, database = DATABASE): Promise<Record<string, unknown>[]> {
    const client = await this.#connect({ connectionString: this.#server.url(database) });
    const { rows } = await client.query<Record<string, unknown>>(text);
    await client.end();
    return rows;
  }

  /** Crashes it: everybody is cut off. */
  stop(): Promise<void> {
    return this.#server.stop("immediate");
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  /** Ends everybody's connections and takes all there are. */
  async takeAllConnections(): Promise<void> {
    for (;;) {
      const taken = await this.#connect({ connectionString: this.url() }).catch(() => undefined);
      if (taken === undefined) break;
      this.#hogs.push(taken);
    }
    const own = this.#hogs[0];
    await own?.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name <> $2",
      [DATABASE, HOG],
    );
    for (let free = true; free; ) {
      const taken = await this.#connect({ connectionString: this.url() }).catch(() => undefined);
      if (taken === undefined) free = false;
      else this.#hogs.push(taken);
    }
  }

  async giveConnectionsBack(): Promise<void> {
    await Promise.all(this.#hogs.splice(0).map((client) => client.end()));
  }

  /** Every message is refused as where the disk is full, until {@link freeDisk}. */
  async fillDisk(): Promise<void> {
    await this.query(`
      create or replace function refuse_as_full() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
      create trigger disk_is_full before insert on messages for each row execute function refuse_as_full()`);
  }

  async freeDisk(): Promise<void> {
    await this.query("drop trigger if exists disk_is_full on messages");
  }

  async remove(): Promise<void> {
    await this.giveConnectionsBack();
    await this.#server.remove();
  }

  async #connect(config: ClientConfig): Promise<Client> {
    const client = new Client({ ...config, application_name: HOG });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }
}

const HOG = "homing-check";

import { Client, DatabaseError } from "pg";
import { SUPERUSER } from "./initialize";
import { type Address, SOCKET_PORT } from "./settings";

const NAME = "homing";

/** The address for `pg`. It holds the password: never log it, never pass it as an argument. */
export function databaseUrl(address: Address, password: string, user = NAME, database = NAME): string {
  const secret = `${user}:${encodeURIComponent(password)}`;
  return address.kind === "socket"
    ? `postgresql://${secret}@localhost:${SOCKET_PORT}/${database}?host=${encodeURIComponent(address.directory)}`
    : `postgresql://${secret}@127.0.0.1:${address.port}/${database}`;
}

/** Whether the server at this address is the one with this password and lets the product in. */
export async function answers(address: Address, password: string): Promise<boolean> {
  try {
    await connected(databaseUrl(address, password), async () => undefined);
    return true;
  } catch (error) {
    // Refused by a server that has the password: it is ours, only the product's role or database is not made yet.
    if (error instanceof DatabaseError) return superuserIsLetIn(address, password);
    return false;
  }
}

/**
 * Makes the product's role and database where they are missing: an ordinary role that owns one database, so that a hole
 * in the product is not one in the machine.
 */
export async function ensureDatabase(address: Address, password: string): Promise<void> {
  try {
    await connected(databaseUrl(address, password), async () => undefined);
    return;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  }
  await connected(databaseUrl(address, password, SUPERUSER, SUPERUSER), async (client) => {
    const { rows: roles } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [NAME]);
    const verb = roles.length === 0 ? "CREATE" : "ALTER";
    await client.query(`${verb} ROLE ${NAME} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(`GRANT pg_monitor TO ${NAME}`);
    const { rows: databases } = await client.query("SELECT FROM pg_database WHERE datname = $1", [NAME]);
    if (databases.length === 0) await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  });
}

async function superuserIsLetIn(address: Address, password: string): Promise<boolean> {
  return connected(databaseUrl(address, password, SUPERUSER, SUPERUSER), async () => undefined).then(
    () => true,
    () => false,
  );
}

async function connected(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks between two statements says so here; the statement that follows fails too.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}

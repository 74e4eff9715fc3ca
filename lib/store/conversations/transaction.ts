import type pg from "pg";

/**
 * Runs `work` in one transaction on one connection; rolls back when it throws and throws the same. A connection that
 * cannot even roll back is thrown away.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: "begin" | "begin isolation level repeatable read read only",
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    const { command } = await client.query("commit");
    // PostgreSQL answers the commit of a failed transaction politely, with a rollback
    if (command !== "COMMIT") throw new Error("The transaction had failed and was rolled back.");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

import { type Kysely, sql } from "kysely";

/** Tells a repeated creation of a group from another one with the same client id, whatever became of the group since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- of what was asked for, salted with the id; null for direct conversations, and for groups made before this was kept
    alter table conversations add column sent_hash bytea;
  `.execute(db);
}

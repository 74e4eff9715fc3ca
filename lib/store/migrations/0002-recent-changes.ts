import { type Kysely, sql } from "kysely";

/**
 * Finds what changed lately, by time. Messages of one batch share their time, so they share an entry of the index; a new
 * entry always goes to the end. The column of conversations never changes, so their updates stay as cheap as they were.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index messages_by_time on messages (created_at);
    create index changes_by_time on changes (at);
    create index conversations_by_time on conversations (created_at);
  `.execute(db);
}

import { type Kysely, sql } from "kysely";

/**
 * Finds whose cursors moved lately. One row a statement however many it moved, and nothing by time on the members
 * themselves: an index there would have to follow each of their updates.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cursor_moves (
      at timestamptz not null default now(),
      conversation_ids uuid[] not null,
      user_ids uuid[] not null,
      -- whether it was the read cursor, or only that of what was delivered
      reads boolean[] not null
    );
    create index cursor_moves_by_time on cursor_moves (at);
  `.execute(db);
}

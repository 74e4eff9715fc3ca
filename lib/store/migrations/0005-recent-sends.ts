import { type Kysely, sql } from "kysely";

/**
 * Finds the conversations that got messages lately by a row a statement instead of an index entry a message, and who was
 * removed lately without a look at all else that changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table recent_sends (
      at timestamptz not null default now(),
      conversation_ids uuid[] not null
    );
    create index recent_sends_by_time on recent_sends (at);
    drop index messages_by_time;
    create index removals_by_time on changes (at) where type = 'member.removed';
  `.execute(db);
}

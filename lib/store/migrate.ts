import { type Kysely, type Migration, Migrator } from "kysely";
import * as initial from "./migrations/0001-initial";
import * as recentChanges from "./migrations/0002-recent-changes";
import * as cursorMoves from "./migrations/0003-cursor-moves";
import * as groupContent from "./migrations/0004-group-content";
import * as recentSends from "./migrations/0005-recent-sends";
import type { Database } from "./schema";

/** In order of their names; bundled with the server, so no folder is read. */
const MIGRATIONS: Record<string, Migration> = {
  "0001-initial": initial,
  "0002-recent-changes": recentChanges,
  "0003-cursor-moves": cursorMoves,
  "0004-group-content": groupContent,
  "0005-recent-sends": recentSends,
};

/** Brings the schema up to date. Two nodes may call it at once: the migrator takes a lock. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

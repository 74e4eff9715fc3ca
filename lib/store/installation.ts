import { type Kysely, sql } from "kysely";
import type { Installation } from "@/lib/usecases/ports/installation";
import type { Database } from "./schema";
import { withStoreErrors } from "./unavailable";

export function createInstallation(db: Kysely<Database>): Installation {
  return withStoreErrors<Installation>({
    async renewEpoch() {
      await sql`update settings set value = to_jsonb(gen_random_uuid()::text) where key = 'epoch'`.execute(
        db,
      );
    },
  });
}

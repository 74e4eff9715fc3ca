import type { Kysely } from "kysely";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import { changeAccounts } from "./people/change-accounts";
import { createAccounts } from "./people/create-accounts";
import { findAccounts } from "./people/find-accounts";
import { invites } from "./people/invites";
import { sessions } from "./people/sessions";
import { settings } from "./people/settings";
import { tokens } from "./people/tokens";
import type { Database } from "./schema";
import { withStoreErrors } from "./unavailable";

/** Accounts, sessions, API tokens and invites in PostgreSQL. */
export function createPeopleStore(db: Kysely<Database>): PeopleStore {
  return withStoreErrors({
    ...findAccounts(db),
    ...createAccounts(db),
    ...changeAccounts(db),
    ...sessions(db),
    ...tokens(db),
    ...invites(db),
    ...settings(db),
  });
}

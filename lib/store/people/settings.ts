import type { Kysely } from "kysely";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";

export const SETUP_TOKEN_HASH = "setup_token_hash";
const SIGN_UP_OPEN = "sign_up_open";

/** The server's own settings that concern accounts. */
export function settings(
  db: Kysely<Database>,
): Pick<PeopleStore, "setupTokenHash" | "setSetupTokenHash" | "signUpIsOpen" | "setSignUpOpen"> {
  const get = async (key: string): Promise<unknown> =>
    (await db.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst())?.value;
  const set = async (key: string, value: unknown) => {
    const json = JSON.stringify(value);
    await db
      .insertInto("settings")
      .values({ key, value: json })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: json }))
      .execute();
  };
  return {
    async setupTokenHash() {
      const hash = await get(SETUP_TOKEN_HASH);
      return typeof hash === "string" ? hash : undefined;
    },
    async setSetupTokenHash(hash) {
      if (hash === null) await db.deleteFrom("settings").where("key", "=", SETUP_TOKEN_HASH).execute();
      else await set(SETUP_TOKEN_HASH, hash);
    },
    signUpIsOpen: async () => (await get(SIGN_UP_OPEN)) === true,
    setSignUpOpen: (open) => set(SIGN_UP_OPEN, open),
  };
}

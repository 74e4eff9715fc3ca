import { HomingError } from "@/lib/domain/homing-error";
import type { Account, PeopleStore } from "./ports/people-store";

/** @throws HomingError `not_found` for somebody unknown and for a disabled account alike. */
export function requirePerson(account: Account | undefined): Account {
  if (account === undefined || account.disabledAt !== undefined) {
    throw new HomingError("not_found", "There is no such person.");
  }
  return account;
}

/**
 * The accounts with these usernames, each once.
 *
 * @throws HomingError `not_found` that names the first one who is unknown or disabled.
 */
export async function requirePeople(
  people: Pick<PeopleStore, "byUsernames">,
  usernames: readonly string[],
): Promise<Account[]> {
  const wanted = [...new Set(usernames)];
  if (wanted.length === 0) return [];
  const accounts = await people.byUsernames(wanted);
  const enabled = new Map(
    accounts
      .filter(({ disabledAt }) => disabledAt === undefined)
      .map((account) => [account.username, account]),
  );
  return wanted.map((name) => {
    const account = enabled.get(name);
    if (account === undefined) throw new HomingError("not_found", `There is no such person: ${name}`);
    return account;
  });
}

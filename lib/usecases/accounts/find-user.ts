import { username } from "@/lib/contract/text";
import { HomingError } from "@/lib/domain/homing-error";
import type { Account, PeopleStore } from "../ports/people-store";

/** @throws HomingError `not_found` */
export async function findUser(people: PeopleStore, name: string): Promise<Account> {
  const parsed = username.safeParse(name);
  const account = parsed.success ? await people.byUsername(parsed.data) : undefined;
  if (account === undefined) throw new HomingError("not_found", "There is no such user.");
  return account;
}

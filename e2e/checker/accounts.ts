/** A user of the run with an API token. */
export interface Account {
  username: string;
  token: string;
}

type Operate = (words: readonly string[], input?: string) => Promise<string>;

/** Password hashing takes a core for a moment: so many at once. */
const AT_ONCE = 4;

/** Makes the accounts by the operator's command line, as an operator does. */
export async function createAccounts(operate: Operate, usernames: readonly string[]): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let start = 0; start < usernames.length; start += AT_ONCE) {
    accounts.push(...(await Promise.all(usernames.slice(start, start + AT_ONCE).map(create))));
  }
  return accounts;

  async function create(username: string): Promise<Account> {
    await operate(["user", "add", username, "--password-stdin"], "a long enough password");
    return { username, token: (await operate(["token", "create", username])).trim() };
  }
}

import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from "kysely";
import { userId } from "@/lib/contract/ids";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";
import { ACCOUNT_COLUMNS, toAccount } from "./account-row";
import { escapeLike, searchPatterns } from "./search-name";

/** The start of the username, or of words of the name; everybody when the query is empty. */
function matches(query: string) {
  return (builder: ExpressionBuilder<Database, "users">): Expression<SqlBool> => {
    const text = query.trim();
    if (text === "") return sql<SqlBool>`true`;
    const byUsername = builder("users.username", "like", `${escapeLike(text.toLowerCase())}%`);
    const patterns = searchPatterns(text);
    if (patterns.length === 0) return byUsername;
    const byName = builder.and(patterns.map((pattern) => builder("users.search_name", "like", pattern)));
    return builder.or([byUsername, byName]);
  };
}

/** Reading accounts. */
export function findAccounts(
  db: Kysely<Database>,
): Pick<
  PeopleStore,
  | "countAccounts"
  | "byId"
  | "byIds"
  | "byUsername"
  | "byUsernames"
  | "forSignIn"
  | "passwordHash"
  | "search"
  | "list"
> {
  const accounts = () => db.selectFrom("users").select(ACCOUNT_COLUMNS);
  return {
    async countAccounts() {
      const row = await db
        .selectFrom("users")
        .select((builder) => builder.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async byId(id) {
      const row = await accounts().where("id", "=", id).executeTakeFirst();
      return row && toAccount(row);
    },
    async byIds(ids) {
      if (ids.length === 0) return [];
      const rows = await accounts()
        .where("id", "=", (builder) => builder.fn.any(builder.val([...ids])))
        .execute();
      return rows.map(toAccount);
    },
    async byUsername(username) {
      const row = await accounts().where("username", "=", username.toLowerCase()).executeTakeFirst();
      return row && toAccount(row);
    },
    async byUsernames(usernames) {
      if (usernames.length === 0) return [];
      const names = usernames.map((username) => username.toLowerCase());
      const rows = await accounts()
        .where("username", "=", (builder) => builder.fn.any(builder.val(names)))
        .orderBy("username")
        .execute();
      return rows.map(toAccount);
    },
    async forSignIn(username) {
      const row = await accounts()
        .select("password_hash")
        .where("username", "=", username.toLowerCase())
        .executeTakeFirst();
      return row && { account: toAccount(row), passwordHash: row.password_hash };
    },
    async passwordHash(id) {
      const row = await db
        .selectFrom("users")
        .select("password_hash")
        .where("id", "=", id)
        .executeTakeFirst();
      return row?.password_hash;
    },
    async search({ query, after, limit, except }) {
      let people = db
        .selectFrom("users")
        .select(["id", "username", "name"])
        .where("disabled_at", "is", null)
        .where(matches(query));
      if (after !== undefined) people = people.where("username", ">", after.toLowerCase());
      if (except !== undefined) people = people.where("id", "<>", except);
      const rows = await people
        .orderBy("username")
        .limit(limit + 1)
        .execute();
      return {
        people: rows.slice(0, limit).map((row) => ({ ...row, id: userId.parse(row.id) })),
        hasMore: rows.length > limit,
      };
    },
    async list({ query, after, limit }) {
      let page = accounts().where(matches(query));
      if (after !== undefined) page = page.where("username", ">", after.toLowerCase());
      const rows = await page
        .orderBy("username")
        .limit(limit + 1)
        .execute();
      return { accounts: rows.slice(0, limit).map(toAccount), hasMore: rows.length > limit };
    },
  };
}

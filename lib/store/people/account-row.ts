import type { Selectable } from "kysely";
import { userId } from "@/lib/contract/ids";
import type { Account } from "@/lib/usecases/ports/people-store";
import type { Database } from "../schema";

export const ACCOUNT_COLUMNS = [
  "users.id",
  "users.username",
  "users.name",
  "users.role",
  "users.created_at",
  "users.disabled_at",
  "users.last_seen_at",
] as const;

export type AccountRow = Pick<
  Selectable<Database["users"]>,
  "id" | "username" | "name" | "role" | "created_at" | "disabled_at" | "last_seen_at"
>;

export function toAccount(row: AccountRow): Account {
  return {
    id: userId.parse(row.id),
    username: row.username,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    ...(row.disabled_at && { disabledAt: row.disabled_at }),
    ...(row.last_seen_at && { lastSeenAt: row.last_seen_at }),
  };
}

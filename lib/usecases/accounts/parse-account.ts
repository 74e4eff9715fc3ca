import { displayName, username } from "@/lib/contract/text";
import { FieldError, type FieldProblem } from "@/lib/domain/field-error";
import { passwordProblem } from "@/lib/domain/password-rules";
import type { Passwords } from "../ports/passwords";
import type { NewAccount } from "../use-cases";

type TextSchema = typeof displayName | typeof username;

/** A display name as it is kept, or what is wrong with it. */
function parseText(schema: TextSchema, text: string): { value: string } | { problem: FieldProblem } {
  const parsed = schema.safeParse(text);
  if (parsed.success) return { value: parsed.data };
  if (text.trim() === "") return { problem: "required" };
  return { problem: parsed.error.issues[0]?.code === "too_big" ? "too_long" : "invalid" };
}

/** @throws FieldError */
export function parseName(text: string): string {
  const name = parseText(displayName, text);
  if ("problem" in name) throw new FieldError({ name: name.problem });
  return name.value;
}

/**
 * The fields of a new account as they are kept.
 *
 * @throws FieldError naming every field that is wrong, all at once
 */
export function parseAccount(account: NewAccount, passwords: Passwords): NewAccount {
  const problems: Record<string, FieldProblem> = {};
  const name = parseText(displayName, account.name);
  const login = parseText(username, account.username);
  const owner = { username: account.username.slice(0, 64), name: account.name.slice(0, 128) };
  const password = passwordProblem(account.password, owner, passwords.isCommon);
  if ("problem" in login) problems.username = login.problem;
  if ("problem" in name) problems.name = name.problem;
  if (password !== undefined) problems.password = password;
  if ("problem" in login || "problem" in name || password !== undefined) throw new FieldError(problems);
  return { username: login.value, name: name.value, password: account.password };
}

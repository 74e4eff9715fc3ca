import { newPassword } from "@/lib/contract/text";
import type { FieldProblem } from "./field-error";

const PRODUCT = "homing";
/** More than this around a name makes it a password of its own. */
const DECORATION = 5;

/** A name with a few digits or signs around it, which is guessed at once by whoever knows the name. */
function isBarely(password: string, name: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, "");
  const core = letters(password);
  return core !== "" && core === letters(name) && password.length - core.length <= DECORATION;
}

/**
 * What is wrong with a password that somebody chose; undefined when it may be used. `isCommon` knows the ones that are
 * guessed first.
 */
export function passwordProblem(
  password: string,
  owner: { username: string; name: string },
  isCommon: (password: string) => boolean,
): FieldProblem | undefined {
  const issue = newPassword.safeParse(password).error?.issues[0];
  if (issue?.code === "too_small") return password === "" ? "required" : "too_short";
  if (issue?.code === "too_big") return "too_long";
  if (issue !== undefined) return "invalid";
  if ([owner.username, owner.name, PRODUCT].some((name) => isBarely(password, name))) return "too_similar";
  return isCommon(password) ? "too_common" : undefined;
}

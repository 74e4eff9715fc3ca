import { ZodError } from "zod";
import { currentActor } from "@/lib/auth/current-actor";
import { isFieldError } from "@/lib/domain/field-error";
import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import { getRuntime } from "@/lib/runtime";
import type { Actor } from "@/lib/usecases/actor";
import type { AccountUseCases } from "@/lib/usecases/use-cases";
import type { ActionResult } from "./action-result";

function answerTo(error: unknown): ActionResult<never> {
  if (isFieldError(error)) return { ok: false, problems: error.problems };
  if (isHomingError(error)) {
    const wait = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
    return { ok: false, code: error.code, ...wait };
  }
  if (error instanceof ZodError) return { ok: false, code: "bad_request" };
  getRuntime().reportError(error, { where: "a server action" });
  return { ok: false, code: "unavailable" };
}

/**
 * Runs a server action for whoever is signed in. Nothing is thrown at the browser: `unauthenticated` for nobody,
 * `bad_request` for arguments of another shape, and an error that nobody foresaw is reported and shown as `unavailable`.
 */
export async function runAction<T extends object>(
  work: (actor: Actor, accounts: AccountUseCases) => Promise<T>,
): Promise<ActionResult<T>> {
  try {
    const actor = await currentActor();
    if (actor === undefined) throw new HomingError("unauthenticated", "You are signed out.");
    return { ok: true, ...(await work(actor, getRuntime().useCases.accounts)) };
  } catch (error) {
    return answerTo(error);
  }
}

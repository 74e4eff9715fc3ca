import { LIMITS } from "@/lib/contract/limits";
import { FieldError } from "@/lib/domain/field-error";
import { HomingError } from "@/lib/domain/homing-error";
import { passwordProblem } from "@/lib/domain/password-rules";
import { SignInThrottle } from "@/lib/domain/sign-in-throttle";
import type { Actor } from "../actor";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** The hash of the current password, when it is this one. */
async function rightHash({ people, passwords }: AccountPorts, actor: Actor, current: string) {
  if (current.length > LIMITS.passwordCharacters.max) return undefined;
  const stored = await people.passwordHash(actor.id);
  return stored !== undefined && (await passwords.verify(stored, current)) ? stored : undefined;
}

/**
 * See {@link AccountUseCases.changePassword}. The current password is asked for, and guessing it slowed down: a session
 * left open on a borrowed machine is not the account. Nor does it undo a password that was set while it was checked.
 *
 * @throws FieldError for `current` and `next`, HomingError `rate_limited`
 */
export function changePassword(ports: AccountPorts): AccountUseCases["changePassword"] {
  const throttle = new SignInThrottle(() => ports.clock.now().getTime());
  return async (actor, { current, next }) => {
    const problem = passwordProblem(next, actor, ports.passwords.isCommon);
    if (problem !== undefined) throw new FieldError({ next: problem });
    const attempt = throttle.begin(actor.id, actor.id);
    if (attempt.kind === "wait") {
      throw new HomingError("rate_limited", "Too many wrong passwords.", {
        retryAfterMs: attempt.retryAfterMs,
      });
    }
    let replaces: string | undefined;
    try {
      replaces = await rightHash(ports, actor, current);
    } catch (error) {
      attempt.abandoned();
      throw error;
    }
    if (replaces === undefined) {
      attempt.failed();
      throw new FieldError({ current: "wrong" });
    }
    attempt.succeeded();
    const keep = actor.credential.kind === "session" ? actor.credential.id : undefined;
    const hash = await ports.passwords.hash(next);
    const ended = await ports.people.setPassword(actor.id, hash, { keep, replaces });
    if (ended === undefined) throw new FieldError({ current: "wrong" });
    if (ended.length > 0) ports.fanOut.endCredentials(ended, "password_changed");
  };
}

import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { lastAdminError } from "./last-admin";
import { requireAdmin } from "./require-admin";

/**
 * See {@link AccountUseCases.setAccountRole}. Counts from the next request of that user on.
 *
 * @throws HomingError `conflict` for oneself and for the last admin, `not_found`
 */
export function setAccountRole({ people }: AccountPorts): AccountUseCases["setAccountRole"] {
  return async (actor, user, role) => {
    requireAdmin(actor);
    if (user === actor.id) throw new HomingError("conflict", "You cannot change your own role.");
    if ((await people.byId(user)) === undefined) {
      throw new HomingError("not_found", "There is no such account.");
    }
    if ((await people.setRole(user, role)) === "last_admin") throw lastAdminError();
  };
}

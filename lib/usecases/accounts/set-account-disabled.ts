import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { lastAdminError } from "./last-admin";
import { requireAdmin } from "./require-admin";

/**
 * See {@link AccountUseCases.setAccountDisabled}.
 *
 * @throws HomingError `conflict` for oneself and for the last admin, `not_found`
 */
export function setAccountDisabled({ people, fanOut }: AccountPorts): AccountUseCases["setAccountDisabled"] {
  return async (actor, user, disabled) => {
    requireAdmin(actor);
    if (user === actor.id) throw new HomingError("conflict", "You cannot disable yourself.");
    if ((await people.byId(user)) === undefined) {
      throw new HomingError("not_found", "There is no such account.");
    }
    const ended = await people.setDisabled(user, disabled);
    if (ended === "last_admin") throw lastAdminError();
    if (ended.length > 0) fanOut.endCredentials(ended, "disabled");
  };
}

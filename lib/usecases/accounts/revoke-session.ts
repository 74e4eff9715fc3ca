import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/**
 * See {@link AccountUseCases.revokeSession}.
 *
 * @throws HomingError `not_found`, for another's session as for one that does not exist or has ended
 */
export function revokeSession({ people, fanOut }: AccountPorts): AccountUseCases["revokeSession"] {
  return async (actor, id) => {
    if (!(await people.revokeSession(actor.id, id))) {
      throw new HomingError("not_found", "There is no such session.");
    }
    fanOut.endCredentials([id], "revoked");
  };
}

import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { requireAdmin } from "./require-admin";

/** See {@link AccountUseCases.revokeInvite}. */
export function revokeInvite({ people }: AccountPorts): AccountUseCases["revokeInvite"] {
  return async (actor, id) => {
    requireAdmin(actor);
    if (!(await people.revokeInvite(id))) throw new HomingError("not_found", "There is no such invitation.");
  };
}

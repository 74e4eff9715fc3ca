import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { requireAdmin } from "./require-admin";

/** See {@link AccountUseCases.listInvites}. */
export function listInvites({ people }: AccountPorts): AccountUseCases["listInvites"] {
  return async (actor) => {
    requireAdmin(actor);
    return people.invites();
  };
}

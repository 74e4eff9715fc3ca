import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { requireAdmin } from "./require-admin";

/** See {@link AccountUseCases.setSignUpOpen}. */
export function setSignUpOpen({ people }: AccountPorts): AccountUseCases["setSignUpOpen"] {
  return async (actor, open) => {
    requireAdmin(actor);
    await people.setSignUpOpen(open);
  };
}

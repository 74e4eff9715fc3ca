import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** See {@link AccountUseCases.joinIsOpen}. Before the first admin there is nobody to join. */
export function joinIsOpen({ people, digest }: AccountPorts): AccountUseCases["joinIsOpen"] {
  return async (inviteToken) => {
    if (inviteToken !== undefined) return people.inviteIsOpen(digest(inviteToken));
    return (await people.signUpIsOpen()) && (await people.countAccounts()) > 0;
  };
}

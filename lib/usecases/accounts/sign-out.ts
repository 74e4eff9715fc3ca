import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** See {@link AccountUseCases.signOut}. Signing out twice is harmless. */
export function signOut({ people, fanOut }: AccountPorts): AccountUseCases["signOut"] {
  return async (session) => {
    if (await people.signOutSession(session)) fanOut.endCredentials([session], "signed_out");
  };
}

import type { AccountUseCases } from "../use-cases";
import { type AccountPorts, SECRET_BYTES } from "./account-ports";

/** See {@link AccountUseCases.issueSetupToken}. A new one makes the one before it worthless. */
export function issueSetupToken({
  people,
  randomness,
  digest,
}: AccountPorts): AccountUseCases["issueSetupToken"] {
  return async () => {
    if ((await people.countAccounts()) > 0) return undefined;
    const token = randomness.secret(SECRET_BYTES);
    await people.setSetupTokenHash(digest(token));
    return token;
  };
}

import { HomingError } from "@/lib/domain/homing-error";
import type { OperatorUseCases } from "../use-cases";
import { type OperatorPorts, SECRET_BYTES } from "./account-ports";
import { findUser } from "./find-user";

/** Tells people, and tools that look for leaked secrets, what it is. */
const PREFIX = "homing_";

/**
 * See {@link OperatorUseCases.createToken}. Only its digest is kept.
 *
 * @throws HomingError `not_found`, `conflict` for a disabled user
 */
export function createToken({ people, randomness, digest }: OperatorPorts): OperatorUseCases["createToken"] {
  return async (username) => {
    const account = await findUser(people, username);
    if (account.disabledAt !== undefined) throw new HomingError("conflict", "This user is disabled.");
    const token = PREFIX + randomness.secret(SECRET_BYTES);
    await people.createToken({
      id: randomness.uuid(),
      userId: account.id,
      name: "command line",
      hash: digest(token),
    });
    return token;
  };
}

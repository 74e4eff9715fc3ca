import type { OperatorUseCases } from "../use-cases";
import type { OperatorPorts } from "./account-ports";
import { findUser } from "./find-user";
import { lastAdminError } from "./last-admin";

/**
 * See {@link OperatorUseCases.setDisabled}. Running nodes close the user's sockets by themselves.
 *
 * @throws HomingError `not_found`, `conflict` for the last admin
 */
export function setDisabled({ people }: OperatorPorts): OperatorUseCases["setDisabled"] {
  return async (username, disabled) => {
    const account = await findUser(people, username);
    if ((await people.setDisabled(account.id, disabled)) === "last_admin") throw lastAdminError();
  };
}

import { FieldError } from "@/lib/domain/field-error";
import { passwordProblem } from "@/lib/domain/password-rules";
import type { OperatorUseCases } from "../use-cases";
import type { OperatorPorts } from "./account-ports";
import { findUser } from "./find-user";

/**
 * See {@link OperatorUseCases.setPassword}. All sessions of the user end.
 *
 * @throws FieldError, HomingError `not_found`
 */
export function setPassword({ people, passwords }: OperatorPorts): OperatorUseCases["setPassword"] {
  return async (username, password) => {
    const account = await findUser(people, username);
    const problem = passwordProblem(password, account, passwords.isCommon);
    if (problem !== undefined) throw new FieldError({ password: problem });
    await people.setPassword(account.id, await passwords.hash(password));
  };
}

import { userId } from "@/lib/contract/ids";
import { FieldError } from "@/lib/domain/field-error";
import type { OperatorUseCases } from "../use-cases";
import type { OperatorPorts } from "./account-ports";
import { parseAccount } from "./parse-account";

/**
 * See {@link OperatorUseCases.addUser}.
 *
 * @throws FieldError
 */
export function addUser({ people, passwords, randomness }: OperatorPorts): OperatorUseCases["addUser"] {
  return async (account) => {
    const { username, name, password } = parseAccount(account, passwords);
    const created = await people.createAccount({
      id: userId.parse(randomness.uuid()),
      username,
      name,
      passwordHash: await passwords.hash(password),
      role: account.admin ? "admin" : "user",
    });
    if (created === undefined) throw new FieldError({ username: "taken" });
    return created;
  };
}

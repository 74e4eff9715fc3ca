import { userId } from "@/lib/contract/ids";
import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { parseAccount } from "./parse-account";
import { setupIsOpen } from "./setup-is-open";

function linkIsClosed(): HomingError {
  return new HomingError("not_found", "This set-up link is not valid any more.");
}

/**
 * See {@link AccountUseCases.createFirstAdmin}.
 *
 * @throws HomingError `not_found` when the link is closed, FieldError for the fields
 */
export function createFirstAdmin(ports: AccountPorts): AccountUseCases["createFirstAdmin"] {
  const isOpen = setupIsOpen(ports);
  return async (account, setupToken) => {
    // Asked before, so that nobody without the link makes the server hash.
    if (!(await isOpen(setupToken))) throw linkIsClosed();
    const { username, name, password } = parseAccount(account, ports.passwords);
    const id = userId.parse(ports.randomness.uuid());
    const passwordHash = await ports.passwords.hash(password);
    const created = await ports.people.createFirstAdmin(
      { id, username, name, passwordHash },
      ports.digest(setupToken),
    );
    if (created === "not_first" || created === "wrong_token") throw linkIsClosed();
    return created;
  };
}

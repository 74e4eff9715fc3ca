import { userId } from "@/lib/contract/ids";
import { FieldError } from "@/lib/domain/field-error";
import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { joinIsOpen } from "./join-is-open";
import { parseAccount } from "./parse-account";

function closed(): HomingError {
  return new HomingError("not_found", "This invitation is not valid any more.");
}

/**
 * See {@link AccountUseCases.join}.
 *
 * @throws HomingError `not_found` when nobody may join this way now, FieldError for the fields
 */
export function join(ports: AccountPorts): AccountUseCases["join"] {
  const isOpen = joinIsOpen(ports);
  return async (account, inviteToken) => {
    if (!(await isOpen(inviteToken))) throw closed();
    const { username, name, password } = parseAccount(account, ports.passwords);
    // The name is asked for before the hash, which costs more.
    if ((await ports.people.byUsername(username)) !== undefined) throw new FieldError({ username: "taken" });
    const passwordHash = await ports.passwords.hash(password);
    const fresh = { id: userId.parse(ports.randomness.uuid()), username, name, passwordHash };
    const joined =
      inviteToken === undefined
        ? ((await ports.people.createAccount({ ...fresh, role: "user" })) ?? "username_taken")
        : await ports.people.createInvited(fresh, ports.digest(inviteToken));
    if (joined === "invalid_invite") throw closed();
    if (joined === "username_taken") throw new FieldError({ username: "taken" });
    return joined;
  };
}

import { userId } from "@/lib/contract/ids";
import { AddressRates } from "@/lib/domain/address-rates";
import { FieldError } from "@/lib/domain/field-error";
import { HomingError } from "@/lib/domain/homing-error";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { joinIsOpen } from "./join-is-open";
import { parseAccount } from "./parse-account";

/** Of open sign-up, from one address: enough for a class that joins together, and not for a program that fills the server. */
const OPEN_SIGN_UPS = { perSecond: 1 / 60, burst: 20 };

function closed(): HomingError {
  return new HomingError("not_found", "This invitation is not valid any more.");
}

/**
 * See {@link AccountUseCases.join}.
 *
 * @throws HomingError `not_found` when nobody may join this way now, `rate_limited` when too many did from this address
 * without an invite, FieldError for the fields
 */
export function join(ports: AccountPorts): AccountUseCases["join"] {
  const isOpen = joinIsOpen(ports);
  const rates = new AddressRates(OPEN_SIGN_UPS);
  const count = (address: string) => {
    const wait = ports.throttleSignIns ? rates.take(address, ports.clock.now().getTime()) : 0;
    if (wait === 0) return;
    throw new HomingError("rate_limited", "Too many joined from this address.", { retryAfterMs: wait });
  };
  return async (account, inviteToken, address) => {
    if (!(await isOpen(inviteToken))) throw closed();
    const { username, name, password } = parseAccount(account, ports.passwords);
    if (inviteToken === undefined) count(address);
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

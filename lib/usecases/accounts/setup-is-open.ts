import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** See {@link AccountUseCases.setupIsOpen}. */
export function setupIsOpen({ people, digest }: AccountPorts): AccountUseCases["setupIsOpen"] {
  return async (token) => {
    const hash = await people.setupTokenHash();
    return hash !== undefined && hash === digest(token) && (await people.countAccounts()) === 0;
  };
}

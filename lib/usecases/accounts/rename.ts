import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { parseName } from "./parse-account";

/** See {@link AccountUseCases.rename}. */
export function rename({ people }: AccountPorts): AccountUseCases["rename"] {
  return async (actor, name) => people.rename(actor.id, parseName(name));
}

import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** See {@link AccountUseCases.sessionEndReason}. */
export function sessionEndReason({ people }: AccountPorts): AccountUseCases["sessionEndReason"] {
  return async (id) => (await people.ended({ sessions: [id], tokens: [] }))[0]?.reason;
}

import type { Actor } from "../actor";
import type { Account } from "../ports/people-store";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** Who an account is to the use cases. */
export function toActor(account: Account, credential: Actor["credential"]): Actor {
  const { id, username, name, role } = account;
  return { id, username, name, role, credential };
}

/** See {@link AccountUseCases.actorOfSession}. */
export function actorOfSession({ people, sessionLife }: AccountPorts): AccountUseCases["actorOfSession"] {
  return async (id) => {
    const account = await people.bySession(id, sessionLife);
    return account && toActor(account, { kind: "session", id });
  };
}

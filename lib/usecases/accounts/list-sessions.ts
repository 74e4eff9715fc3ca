import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** See {@link AccountUseCases.listSessions}. */
export function listSessions({ people }: AccountPorts): AccountUseCases["listSessions"] {
  return async (actor) => {
    const sessions = await people.sessions(actor.id);
    return sessions.map((session) => ({
      ...session,
      current: actor.credential.kind === "session" && actor.credential.id === session.id,
    }));
  };
}

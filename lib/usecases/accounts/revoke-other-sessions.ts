import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

/** See {@link AccountUseCases.revokeOtherSessions}. */
export function revokeOtherSessions({
  people,
  fanOut,
}: AccountPorts): AccountUseCases["revokeOtherSessions"] {
  return async (actor) => {
    const keep = actor.credential.kind === "session" ? actor.credential.id : undefined;
    const ended = await people.revokeSessions(actor.id, keep);
    if (ended.length > 0) fanOut.endCredentials(ended, "revoked");
    return { sessions: ended.length };
  };
}

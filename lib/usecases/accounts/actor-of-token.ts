import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";
import { toActor } from "./actor-of-session";

/** Longer than any token: not worth a digest. */
const MOST_CHARACTERS = 200;

/** See {@link AccountUseCases.actorOfToken}. */
export function actorOfToken({ people, digest }: AccountPorts): AccountUseCases["actorOfToken"] {
  return async (token) => {
    if (token === "" || token.length > MOST_CHARACTERS) return undefined;
    const used = await people.byToken(digest(token));
    return used && toActor(used.account, { kind: "token", id: used.tokenId });
  };
}

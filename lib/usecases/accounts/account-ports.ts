import type { Clock, Randomness } from "../ports/environment";
import type { FanOut } from "../ports/fan-out";
import type { Passwords } from "../ports/passwords";
import type { PeopleStore, SessionLife } from "../ports/people-store";
import type { SecretDigest } from "../ports/secret-digest";

/** What an operator's use cases need. */
export interface OperatorPorts {
  people: PeopleStore;
  passwords: Passwords;
  randomness: Randomness;
  digest: SecretDigest;
}

/** What the use cases of accounts need. */
export interface AccountPorts extends OperatorPorts {
  fanOut: FanOut;
  clock: Clock;
  sessionLife: SessionLife;
  /** False only where signing in and up is not to be slowed down: measurements. */
  throttleSignIns: boolean;
}

/** Bytes of every secret that stands for a right: set-up links, invites, API tokens. */
export const SECRET_BYTES = 32;

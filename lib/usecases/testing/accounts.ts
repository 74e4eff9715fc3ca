import { afterAll, beforeEach } from "vitest";
import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import type { SessionEndReason } from "@/lib/contract/server-events";
import { isFieldError } from "@/lib/domain/field-error";
import { connectStore } from "@/lib/store/database";
import { createInstallation } from "@/lib/store/installation";
import { createPeopleStore } from "@/lib/store/people-store";
import { freshDatabase } from "@/lib/store/testing/database";
import type { Actor } from "../actor";
import { buildAccountUseCases, buildOperatorUseCases } from "../build-accounts";
import type { FanOut } from "../ports/fan-out";
import type { Passwords } from "../ports/passwords";

export const PASSWORD = "correct horse";

/** What a test sees and sets. */
interface Circumstances {
  /** What the clock says, in ms. */
  now: number;
  /** What sockets were told. */
  ended: { ids: readonly string[]; reason: SessionEndReason }[];
  /** How often a password was verified against nobody's. */
  nobodyAsked: number;
  /** What happens while the next password is hashed. */
  meanwhile: () => Promise<void>;
}

const atFirst = (): Circumstances => ({
  now: 1_000_000,
  ended: [],
  nobodyAsked: 0,
  meanwhile: async () => undefined,
});

/**
 * The use cases of accounts on a database of their own, which lasts as long as the test file that calls this at its
 * top. Each test begins with no account, and with nobody slowed down.
 */
export async function openAccounts() {
  const database = await freshDatabase();
  const connections = connectStore({ url: database.url, poolSize: 10, onError: () => undefined });
  const state = atFirst();
  const ports = {
    people: createPeopleStore(connections.db),
    passwords: watchedPasswords(state),
    randomness: systemRandomness,
    digest: sha256Digest,
  };
  const operator = buildOperatorUseCases({ ...ports, installation: createInstallation(connections.db) });
  const build = () =>
    buildAccountUseCases({
      ...ports,
      fanOut: { ...silentFanOut, endCredentials: (ids, reason) => state.ended.push({ ids, reason }) },
      clock: { now: () => new Date(state.now) },
      sessionLife: { days: 30, mostDays: 180 },
      throttleSignIns: true,
    });
  const rig = Object.assign(state, { accounts: build(), operator, connections, add, attempt, signIn });

  function add(username: string, more?: { admin?: boolean; name?: string }) {
    return operator.addUser({ username, name: username, password: PASSWORD, admin: false, ...more });
  }

  function attempt(username: string, password: string, more?: { address?: string; userAgent?: string }) {
    return rig.accounts.signIn({ username, password, address: "192.0.2.1", userAgent: "test", ...more });
  }

  async function signIn(username: string, password = PASSWORD): Promise<Actor> {
    const outcome = await attempt(username, password);
    if (outcome.kind !== "signed_in") throw new Error(outcome.kind);
    const actor = await rig.accounts.actorOfSession(outcome.sessionId);
    if (actor === undefined) throw new Error("no actor");
    return actor;
  }

  beforeEach(async () => {
    await connections.pool.query(
      "truncate users cascade; delete from settings where key in ('setup_token_hash', 'sign_up_open')",
    );
    Object.assign(rig, atFirst(), { accounts: build() });
  });
  afterAll(async () => {
    await connections.close();
    await database.drop();
  });
  return rig;
}

const silentFanOut: FanOut = {
  change: () => undefined,
  head: () => undefined,
  gone: () => undefined,
  receipt: () => undefined,
  endCredentials: () => undefined,
};

function watchedPasswords(state: Circumstances): Passwords {
  const real = createPasswords();
  return {
    ...real,
    async hash(password) {
      const during = state.meanwhile;
      state.meanwhile = async () => undefined;
      await during();
      return real.hash(password);
    },
    verifyNobody: (password) => {
      state.nobodyAsked += 1;
      return real.verifyNobody(password);
    },
  };
}

export function sessionOf(actor: Actor) {
  if (actor.credential.kind !== "session") throw new Error("not a session");
  return actor.credential.id;
}

/** The problems of the fields that something was refused for; throws when it was not. */
export async function problemsOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFieldError(error)) throw new Error(`no field error: ${error}`);
  return error.problems;
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import { sessionId, userId } from "@/lib/contract/ids";
import type { SessionEndReason } from "@/lib/contract/server-events";
import { isFieldError } from "@/lib/domain/field-error";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { createPeopleStore } from "@/lib/store/people-store";
import { freshDatabase } from "@/lib/store/testing/database";
import type { Actor } from "./actor";
import { buildAccountUseCases, buildOperatorUseCases } from "./build-accounts";
import type { FanOut } from "./ports/fan-out";
import type { Passwords } from "./ports/passwords";
import type { AccountUseCases, OperatorUseCases } from "./use-cases";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connections: StoreConnections;
let accounts: AccountUseCases;
let operator: OperatorUseCases;
let now: number;
/** What sockets were told. */
let ended: { ids: readonly string[]; reason: SessionEndReason }[];
let nobodyAsked: number;
/** What happens while a password is hashed. */
let meanwhile: () => Promise<void>;

const silentFanOut: FanOut = {
  change: () => undefined,
  head: () => undefined,
  gone: () => undefined,
  receipt: () => undefined,
  endCredentials: (ids, reason) => ended.push({ ids, reason }),
};

beforeAll(async () => {
  database = await freshDatabase();
  connections = connectStore({ url: database.url, poolSize: 10, onError: () => undefined });
});
afterAll(async () => {
  await connections.close();
  await database.drop();
});
beforeEach(async () => {
  await connections.pool.query(
    "truncate users cascade; delete from settings where key in ('setup_token_hash', 'sign_up_open')",
  );
  now = 1_000_000;
  ended = [];
  nobodyAsked = 0;
  meanwhile = async () => undefined;
  const real = createPasswords();
  const passwords: Passwords = {
    ...real,
    async hash(password) {
      const during = meanwhile;
      meanwhile = async () => undefined;
      await during();
      return real.hash(password);
    },
    verifyNobody: (password) => {
      nobodyAsked += 1;
      return real.verifyNobody(password);
    },
  };
  const people = createPeopleStore(connections.db);
  const ports = { people, passwords, randomness: systemRandomness, digest: sha256Digest };
  operator = buildOperatorUseCases(ports);
  accounts = buildAccountUseCases({
    ...ports,
    fanOut: silentFanOut,
    clock: { now: () => new Date(now) },
    sessionDays: 30,
    throttleSignIns: true,
  });
});

const PASSWORD = "correct horse";
const ADDRESS = "192.0.2.1";

async function add(username: string, more?: { admin?: boolean; name?: string }) {
  return operator.addUser({ username, name: username, password: PASSWORD, admin: false, ...more });
}

function attempt(username: string, password: string, more?: { address?: string; userAgent?: string }) {
  return accounts.signIn({ username, password, address: "192.0.2.1", userAgent: "test", ...more });
}

async function signIn(username: string, password = PASSWORD): Promise<Actor> {
  const outcome = await attempt(username, password);
  if (outcome.kind !== "signed_in") throw new Error(outcome.kind);
  const actor = await accounts.actorOfSession(outcome.sessionId);
  if (actor === undefined) throw new Error("no actor");
  return actor;
}

function sessionOf(actor: Actor) {
  if (actor.credential.kind !== "session") throw new Error("not a session");
  return actor.credential.id;
}

async function problemsOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFieldError(error)) throw new Error(`no field error: ${error}`);
  return error.problems;
}

describe("signing in", () => {
  it("gives a session with what the device said of itself", async () => {
    await add("ada", { name: "Ada Lovelace" });
    const actor = await signIn("ADA");
    expect(actor).toMatchObject({ username: "ada", name: "Ada Lovelace", role: "user" });
    expect(await accounts.listSessions(actor)).toMatchObject([
      { userAgent: "test", address: "192.0.2.1", current: true },
    ]);
  });

  it("answers a wrong password and an unknown user alike, and works as hard for both", async () => {
    await add("ada");
    expect(await attempt("ada", "wrong password")).toEqual({ kind: "refused" });
    expect(nobodyAsked).toBe(0);
    expect(await attempt("nobody", "wrong password")).toEqual({ kind: "refused" });
    expect(await attempt("not a username!", "wrong password")).toEqual({ kind: "refused" });
    expect(nobodyAsked).toBe(2);
  });

  it("tells a disabled user so, and nobody else", async () => {
    const ada = await add("ada");
    const admin = await signIn((await add("admin", { admin: true })).username);
    await accounts.setAccountDisabled(admin, ada.id, true);
    expect(await attempt("ada", "wrong password")).toEqual({ kind: "refused" });
    expect(await attempt("ada", PASSWORD)).toEqual({ kind: "disabled" });
  });

  it("slows down guessing, and lets the right password in after the wait", async () => {
    await add("ada");
    for (let time = 0; time < 6; time += 1) await attempt("ada", "wrong password");
    expect(await attempt("ada", PASSWORD)).toEqual({ kind: "throttled", retryAfterMs: 1_000 });
    now += 1_000;
    expect(await attempt("ada", PASSWORD)).toMatchObject({ kind: "signed_in" });
  });

  it("does not show by slowing down whether a user exists", async () => {
    for (let time = 0; time < 6; time += 1) await attempt("nobody", "wrong password");
    expect(await attempt("nobody", PASSWORD)).toMatchObject({ kind: "throttled" });
  });

  it.each([
    ["NUL", "a\0da", "with\0NUL", "agent\0"],
    ["lone surrogates", "\ud800", "\udfff password", "\ud800 agent"],
    ["a prototype's name", "__proto__", "__proto__", "__proto__"],
    ["a million characters", "a".repeat(1_000_000), "x".repeat(1_000_000), "y".repeat(1_000_000)],
  ])("refuses %s", async (_, username, password, userAgent) => {
    expect(await attempt(username, password, { userAgent, address: userAgent })).toEqual({ kind: "refused" });
  });

  it("keeps hostile names of devices in a form that can be stored and shown", async () => {
    await add("ada");
    const hostile = `\0\ud800${"x".repeat(10_000)}`;
    const outcome = await attempt("ada", PASSWORD, { userAgent: hostile, address: hostile });
    expect(outcome.kind).toBe("signed_in");
    const [session] = await accounts.listSessions(await signIn("ada"));
    expect(session?.userAgent.length).toBeLessThanOrEqual(300);
  });
});

describe("the first admin", () => {
  const admin = { username: "admin", name: "Admin", password: PASSWORD };

  it("comes by a link that works once", async () => {
    const token = await accounts.issueSetupToken();
    if (token === undefined) throw new Error("no token");
    expect(await accounts.isSetUp()).toBe(false);
    expect(await accounts.setupIsOpen(token)).toBe(true);
    expect(await accounts.setupIsOpen("another")).toBe(false);
    await expect(accounts.createFirstAdmin(admin, "another")).rejects.toMatchObject({ code: "not_found" });
    expect(await accounts.createFirstAdmin(admin, token)).toMatchObject({ role: "admin" });
    expect(await accounts.isSetUp()).toBe(true);
    expect(await accounts.setupIsOpen(token)).toBe(false);
    expect(await accounts.issueSetupToken()).toBeUndefined();
    await expect(accounts.createFirstAdmin({ ...admin, username: "second" }, token)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("can only use the latest link", async () => {
    const first = await accounts.issueSetupToken();
    const second = await accounts.issueSetupToken();
    expect(await accounts.setupIsOpen(first ?? "")).toBe(false);
    expect(await accounts.setupIsOpen(second ?? "")).toBe(true);
  });

  it("hears of every wrong field at once", async () => {
    const token = (await accounts.issueSetupToken()) ?? "";
    const wrong = accounts.createFirstAdmin({ username: "9", name: " ", password: "short" }, token);
    expect(await problemsOf(wrong)).toEqual({ username: "invalid", name: "required", password: "too_short" });
  });

  it("is one, when many use the link at once", async () => {
    const token = (await accounts.issueSetupToken()) ?? "";
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        accounts.createFirstAdmin({ ...admin, username: `admin${index}` }, token),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });
});

describe("joining", () => {
  const guest = (index = 0) => ({ username: `guest${index}`, name: `Guest ${index}`, password: PASSWORD });

  it("by an invite lets in as many as it says, when many more come at once", async () => {
    await add("admin", { admin: true });
    const { token, invite } = await accounts.createInvite(await signIn("admin"), { hours: 24, uses: 3 });
    expect(invite).toMatchObject({ maxUses: 3, uses: 0, state: "open" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => accounts.join(guest(index), token, ADDRESS)),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(3);
    expect(await accounts.joinIsOpen(token)).toBe(false);
    expect(await signIn((await operator.listUsers({})).accounts[1]?.username ?? "")).toMatchObject({
      role: "user",
    });
  });

  it("without an invite is closed until an admin opens it", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    await expect(accounts.join(guest(), undefined, ADDRESS)).rejects.toMatchObject({ code: "not_found" });
    await accounts.setSignUpOpen(admin, true);
    expect(await accounts.joinIsOpen(undefined)).toBe(true);
    expect(await accounts.join(guest(), undefined, ADDRESS)).toMatchObject({
      username: "guest0",
      role: "user",
    });
    expect(await problemsOf(accounts.join(guest(), undefined, ADDRESS))).toEqual({ username: "taken" });
    await accounts.setSignUpOpen(admin, false);
    await expect(accounts.join(guest(1), undefined, ADDRESS)).rejects.toMatchObject({ code: "not_found" });
  });

  it("without an invite is limited for each address", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    await accounts.setSignUpOpen(admin, true);
    const asAdmin = { ...guest(), username: "admin" };
    for (let index = 0; index < 20; index += 1) {
      expect(await problemsOf(accounts.join(asAdmin, undefined, ADDRESS))).toEqual({ username: "taken" });
    }
    await expect(accounts.join(guest(), undefined, ADDRESS)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterMs: 60_000,
    });
    expect(await accounts.join(guest(1), undefined, "192.0.2.2")).toMatchObject({ username: "guest1" });
    const { token } = await accounts.createInvite(admin, { hours: 1, uses: 1 });
    expect(await accounts.join(guest(2), token, ADDRESS)).toMatchObject({ username: "guest2" });
    now += 60_000;
    expect(await accounts.join(guest(3), undefined, ADDRESS)).toMatchObject({ username: "guest3" });
  });

  it("is closed while there is no admin, however the setting stands", async () => {
    await connections.pool.query("insert into settings values ('sign_up_open', 'true')");
    expect(await accounts.joinIsOpen(undefined)).toBe(false);
  });

  it("by an invite that was revoked is refused", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    const { token, invite } = await accounts.createInvite(admin, { hours: 24, uses: 3 });
    await accounts.revokeInvite(admin, invite.id);
    await expect(accounts.join(guest(), token, ADDRESS)).rejects.toMatchObject({ code: "not_found" });
    await expect(accounts.revokeInvite(admin, invite.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [{ hours: 0, uses: 1 }, { hours: "invalid" }],
    [
      { hours: 2_161, uses: 1_001 },
      { hours: "invalid", uses: "invalid" },
    ],
    [
      { hours: 1.5, uses: Number.NaN },
      { hours: "invalid", uses: "invalid" },
    ],
    [
      { hours: 1e9, uses: -1 },
      { hours: "invalid", uses: "invalid" },
    ],
  ])("needs an invite within bounds: %j", async (invite, problems) => {
    await add("admin", { admin: true });
    expect(await problemsOf(accounts.createInvite(await signIn("admin"), invite))).toEqual(problems);
  });
});

describe("sessions", () => {
  it("end with signing out, once, and the sockets hear it", async () => {
    await add("ada");
    const id = sessionOf(await signIn("ada"));
    await accounts.signOut(id);
    await accounts.signOut(id);
    expect(ended).toEqual([{ ids: [id], reason: "signed_out" }]);
    expect(await accounts.actorOfSession(id)).toBeUndefined();
    expect(await accounts.sessionEndReason(id)).toBe("signed_out");
  });

  it("are revoked by their user one by one and all others at once", async () => {
    await add("ada");
    await add("bob");
    const [one, two, three, bob] = [
      await signIn("ada"),
      await signIn("ada"),
      await signIn("ada"),
      await signIn("bob"),
    ];
    await expect(accounts.revokeSession(bob, sessionOf(one))).rejects.toMatchObject({ code: "not_found" });
    await accounts.revokeSession(two, sessionOf(one));
    expect(ended).toEqual([{ ids: [sessionOf(one)], reason: "revoked" }]);
    expect(await accounts.revokeOtherSessions(two)).toEqual({ sessions: 1 });
    expect(await accounts.actorOfSession(sessionOf(three))).toBeUndefined();
    expect(await accounts.actorOfSession(sessionOf(two))).toBeDefined();
    expect(await accounts.actorOfSession(sessionOf(bob))).toBeDefined();
  });

  it("end with a new password, but for the one that sets it", async () => {
    await add("ada");
    const [here, there] = [await signIn("ada"), await signIn("ada")];
    await accounts.changePassword(here, { current: PASSWORD, next: "another one" });
    expect(ended).toEqual([{ ids: [sessionOf(there)], reason: "password_changed" }]);
    expect(await accounts.actorOfSession(sessionOf(here))).toBeDefined();
    expect(await accounts.sessionEndReason(sessionOf(there))).toBe("password_changed");
    expect(await attempt("ada", PASSWORD)).toEqual({ kind: "refused" });
    expect(await attempt("ada", "another one")).toMatchObject({ kind: "signed_in" });
  });

  it("end when the user is disabled", async () => {
    const ada = await add("ada");
    await add("admin", { admin: true });
    const [admin, actor] = [await signIn("admin"), await signIn("ada")];
    const token = await operator.createToken("ada");
    const byToken = await accounts.actorOfToken(token);
    expect(byToken).toMatchObject({ username: "ada", credential: { kind: "token" } });
    await accounts.setAccountDisabled(admin, ada.id, true);
    expect(ended).toEqual([{ ids: [sessionOf(actor), byToken?.credential.id], reason: "disabled" }]);
    expect(await accounts.actorOfSession(sessionOf(actor))).toBeUndefined();
    expect(await accounts.actorOfToken(token)).toBeUndefined();
  });

  it("are nobody's when unknown", async () => {
    const unknown = sessionId.parse(systemRandomness.uuid());
    expect(await accounts.actorOfSession(unknown)).toBeUndefined();
    expect(await accounts.actorOfToken("")).toBeUndefined();
    expect(await accounts.actorOfToken("x".repeat(1_000_000))).toBeUndefined();
  });
});

describe("changing the password", () => {
  it("asks for the current one, and slows down guessing it", async () => {
    await add("ada");
    const actor = await signIn("ada");
    const guess = () => accounts.changePassword(actor, { current: "wrong password", next: "another one" });
    for (let time = 0; time < 6; time += 1) {
      expect(await problemsOf(guess())).toEqual({ current: "wrong" });
    }
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 1_000 });
  });

  it("does not undo a new password that an operator has set meanwhile", async () => {
    await add("ada");
    const actor = await signIn("ada");
    meanwhile = () => operator.setPassword("ada", "set by the operator");
    const change = accounts.changePassword(actor, { current: PASSWORD, next: "set by the thief" });
    expect(await problemsOf(change)).toEqual({ current: "wrong" });
    expect(await attempt("ada", "set by the thief")).toMatchObject({ kind: "refused" });
    expect(await attempt("ada", "set by the operator")).toMatchObject({ kind: "signed_in" });
  });

  it.each([
    ["short", "too_short"],
    ["x".repeat(1_000_000), "too_long"],
    ["password1", "too_common"],
    ["Ada-1234", "too_similar"],
    ["with\0NUL", "invalid"],
  ])("refuses %j", async (next, problem) => {
    await add("ada");
    const change = accounts.changePassword(await signIn("ada"), { current: PASSWORD, next });
    expect(await problemsOf(change)).toEqual({ next: problem });
  });
});

describe("names", () => {
  it("are changed by their owner", async () => {
    await add("ada");
    const actor = await signIn("ada");
    await accounts.rename(actor, "  Ada 王 ");
    expect(await accounts.actorOfSession(sessionOf(actor))).toMatchObject({ name: "Ada 王" });
  });

  it.each([
    ["", "required"],
    ["   ", "required"],
    ["x".repeat(65), "too_long"],
    ["a\0b", "invalid"],
    ["\ud800", "invalid"],
    ["line\nbreak", "invalid"],
  ])("refuse %j", async (name, problem) => {
    await add("ada");
    expect(await problemsOf(accounts.rename(await signIn("ada"), name))).toEqual({ name: problem });
  });
});

describe("what only admins may do", () => {
  it("is forbidden to everybody else", async () => {
    const ada = await add("ada");
    const actor = await signIn("ada");
    const attempts = [
      accounts.listAccounts(actor, { query: "" }),
      accounts.setAccountDisabled(actor, ada.id, true),
      accounts.setAccountRole(actor, ada.id, "admin"),
      accounts.createInvite(actor, { hours: 1, uses: 1 }),
      accounts.listInvites(actor),
      accounts.revokeInvite(actor, systemRandomness.uuid()),
      accounts.setSignUpOpen(actor, true),
    ];
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual(
      attempts.map(() => "forbidden"),
    );
    expect((await accounts.actorOfSession(sessionOf(actor)))?.role).toBe("user");
  });

  it("is to list, search, promote and demote", async () => {
    const ada = await add("ada", { name: "Ada Lovelace" });
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    expect(await accounts.listAccounts(admin, { query: "love" })).toMatchObject({
      accounts: [{ username: "ada" }],
      hasMore: false,
    });
    await accounts.setAccountRole(admin, ada.id, "admin");
    expect((await signIn("ada")).role).toBe("admin");
    await accounts.setAccountRole(admin, ada.id, "user");
    expect((await signIn("ada")).role).toBe("user");
  });

  it("does not reach themselves, nor what does not exist", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    const nobody = userId.parse(systemRandomness.uuid());
    await expect(accounts.setAccountDisabled(admin, admin.id, true)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(accounts.setAccountRole(admin, admin.id, "user")).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(accounts.setAccountDisabled(admin, nobody, true)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(accounts.setAccountRole(admin, nobody, "user")).rejects.toMatchObject({ code: "not_found" });
    await expect(accounts.listAccounts(admin, { query: "x".repeat(65) })).rejects.toMatchObject({
      code: "bad_request",
    });
    await expect(accounts.listAccounts(admin, { query: "", after: "\0" })).rejects.toMatchObject({
      code: "bad_request",
    });
  });
});

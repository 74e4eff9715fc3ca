import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sessionId, userId } from "@/lib/contract/ids";
import type { Account, PeopleStore } from "@/lib/usecases/ports/people-store";
import { connectStore, type StoreConnections } from "./database";
import { createPeopleStore } from "./people-store";
import { freshDatabase } from "./testing/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connections: StoreConnections;
let people: PeopleStore;

beforeAll(async () => {
  database = await freshDatabase();
  connections = connectStore({
    url: database.url,
    poolSize: 10,
    onError: (error) => {
      throw error;
    },
  });
  people = createPeopleStore(connections.db);
});
afterAll(async () => {
  await connections.close();
  await database.drop();
});
beforeEach(async () => {
  await connections.pool.query("truncate users cascade; delete from settings where key = 'setup_token_hash'");
});

const newUser = (username: string, more?: { name?: string; role?: "admin" | "user" }) => ({
  id: userId.parse(randomUUID()),
  username,
  name: username,
  passwordHash: `hash of ${username}`,
  role: "user" as const,
  ...more,
});

async function make(username: string, more?: Parameters<typeof newUser>[1]): Promise<Account> {
  const account = await people.createAccount(newUser(username, more));
  if (account === undefined) throw new Error(`${username} is taken`);
  return account;
}

async function signIn(account: Account, days = 30) {
  const id = sessionId.parse(randomUUID());
  const session = { id, userId: account.id, userAgent: "test", address: "::1", days };
  expect(await people.createSession({ ...session, passwordHash: `hash of ${account.username}` })).toBe(true);
  return id;
}

describe("accounts", () => {
  it("makes one of a name, however many ask at once", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => people.createAccount(newUser("ada"))));
    expect(made.filter((account) => account !== undefined)).toHaveLength(1);
    expect(await people.countAccounts()).toBe(1);
  });

  it("finds by name in any case, by id, and with the hash", async () => {
    const ada = await make("Ada");
    expect(ada.username).toBe("ada");
    expect(await people.byUsername("ADA")).toEqual(ada);
    expect(await people.byId(ada.id)).toEqual(ada);
    expect(await people.byIds([ada.id, userId.parse(randomUUID())])).toEqual([ada]);
    expect(await people.byUsernames(["ADA", "nobody"])).toEqual([ada]);
    expect(await people.forSignIn("ada")).toEqual({ account: ada, passwordHash: "hash of Ada" });
    expect(await people.byId(userId.parse(randomUUID()))).toBeUndefined();
  });

  it("searches enabled people by username and by words of the name, in pages", async () => {
    await make("ada", { name: "Ada Lovelace" });
    await make("bob", { name: "Robert ada" });
    await make("xiao", { name: "王小明" });
    const gone = await make("adam", { name: "Adam" });
    await people.setDisabled(gone.id, true);
    const found = async (query: string) =>
      (await people.search({ query, limit: 10 })).people.map((person) => person.username);
    expect(await found("ada")).toEqual(["ada", "bob"]);
    expect(await found("love")).toEqual(["ada"]);
    expect(await found("小明")).toEqual(["xiao"]);
    expect(await found("")).toEqual(["ada", "bob", "xiao"]);
    expect(await found("%")).toEqual([]);
    expect(await found("_da")).toEqual([]);
    expect(await found("\\")).toEqual([]);
    expect((await people.list({ query: "ada", limit: 10 })).accounts).toHaveLength(3);
    const first = await people.search({ query: "", limit: 2 });
    expect(first).toMatchObject({ people: [{ username: "ada" }, { username: "bob" }], hasMore: true });
    const second = await people.search({ query: "", limit: 2, after: "bob" });
    expect(second).toMatchObject({ people: [{ username: "xiao" }], hasMore: false });
  });

  it("finds by the new name after renaming", async () => {
    const ada = await make("ada");
    await people.rename(ada.id, "Countess");
    expect((await people.search({ query: "count", limit: 5 })).people).toHaveLength(1);
    expect((await people.byId(ada.id))?.name).toBe("Countess");
  });
});

describe("the first admin", () => {
  it("is one, when twenty ask at once", async () => {
    await people.setSetupTokenHash("digest");
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => people.createFirstAdmin(newUser(`admin${index}`), "digest")),
    );
    expect(outcomes.filter((outcome) => typeof outcome === "object")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "not_first")).toHaveLength(19);
    expect(await people.countAccounts()).toBe(1);
    expect((await people.list({ query: "", limit: 5 })).accounts[0]?.role).toBe("admin");
  });

  it("is not made beside an account that another way makes at the same time", async () => {
    await people.setSetupTokenHash("digest");
    const [first, other] = await Promise.all([
      people.createFirstAdmin(newUser("admin"), "digest"),
      people.createAccount(newUser("other")),
    ]);
    // Whichever came first; never an admin who was not the first.
    if (first === "not_first") expect(await people.countAccounts()).toBe(1);
    else expect(first).toMatchObject({ role: "admin" });
    expect(other).toBeDefined();
  });

  it("needs the token, which then is used up", async () => {
    expect(await people.createFirstAdmin(newUser("admin"), "digest")).toBe("wrong_token");
    await people.setSetupTokenHash("digest");
    expect(await people.createFirstAdmin(newUser("admin"), "other")).toBe("wrong_token");
    expect(await people.setupTokenHash()).toBe("digest");
    expect(await people.createFirstAdmin(newUser("admin"), "digest")).toMatchObject({ username: "admin" });
    expect(await people.setupTokenHash()).toBeUndefined();
    expect(await people.createFirstAdmin(newUser("again"), "digest")).toBe("not_first");
  });
});

describe("invites", () => {
  const invite = async (maxUses: number) => {
    const admin = await make("admin", { role: "admin" });
    const id = randomUUID();
    const made = await people.createInvite({ id, tokenHash: id, createdBy: admin.id, hours: 1, maxUses });
    return { ...made, tokenHash: id };
  };

  it("with three uses lets three of twenty in", async () => {
    const { tokenHash } = await invite(3);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => people.createInvited(newUser(`guest${index}`), tokenHash)),
    );
    expect(outcomes.filter((outcome) => typeof outcome === "object")).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === "invalid_invite")).toHaveLength(17);
    expect(await people.countAccounts()).toBe(4);
    expect(await people.invites()).toMatchObject([{ uses: 3, maxUses: 3, state: "used_up" }]);
    expect(await people.inviteIsOpen(tokenHash)).toBe(false);
  });

  it("is not used up by a name that is taken", async () => {
    const { tokenHash } = await invite(1);
    expect(await people.createInvited(newUser("admin"), tokenHash)).toBe("username_taken");
    expect(await people.invites()).toMatchObject([{ uses: 0, state: "open" }]);
    expect(await people.createInvited(newUser("guest"), tokenHash)).toMatchObject({ role: "user" });
  });

  it("ends when it is revoked or expired", async () => {
    const { id, tokenHash } = await invite(5);
    expect(await people.inviteIsOpen(tokenHash)).toBe(true);
    expect(await people.revokeInvite(id)).toBe(true);
    expect(await people.revokeInvite(id)).toBe(false);
    expect(await people.inviteIsOpen(tokenHash)).toBe(false);
    expect(await people.createInvited(newUser("guest"), tokenHash)).toBe("invalid_invite");
    await connections.pool.query(
      "update invites set revoked_at = null, expires_at = now() - interval '1 second'",
    );
    expect(await people.createInvited(newUser("guest"), tokenHash)).toBe("invalid_invite");
    expect(await people.invites()).toMatchObject([{ state: "expired", createdBy: { username: "admin" } }]);
  });
});

describe("sessions", () => {
  it("prove the account until they are signed out", async () => {
    const ada = await make("ada");
    const id = await signIn(ada);
    expect(await people.bySession(id)).toEqual(ada);
    expect(await people.ended({ sessions: [id], tokens: [] })).toEqual([]);
    expect(await people.signOutSession(id)).toBe(true);
    expect(await people.signOutSession(id)).toBe(false);
    expect(await people.bySession(id)).toBeUndefined();
    expect(await people.ended({ sessions: [id], tokens: [] })).toEqual([{ id, reason: "signed_out" }]);
  });

  it("note their use at most once a minute", async () => {
    const id = await signIn(await make("ada"));
    const lastUse = async () =>
      (await connections.pool.query("select last_seen_at from sessions where id = $1", [id])).rows[0]
        .last_seen_at;
    const before = await lastUse();
    await people.bySession(id);
    expect(await lastUse()).toEqual(before);
    await connections.pool.query("update sessions set last_seen_at = now() - interval '2 minutes'");
    await people.bySession(id);
    expect((await lastUse()).getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it("expire by the database's clock", async () => {
    const ada = await make("ada");
    const id = await signIn(ada);
    await connections.pool.query("update sessions set expires_at = now() - interval '1 second'");
    expect(await people.bySession(id)).toBeUndefined();
    expect(await people.sessions(ada.id)).toEqual([]);
    expect(await people.ended({ sessions: [id], tokens: [] })).toEqual([{ id, reason: "expired" }]);
  });

  it("are revoked by their own user only", async () => {
    const [ada, bob] = [await make("ada"), await make("bob")];
    const id = await signIn(ada);
    expect(await people.revokeSession(bob.id, id)).toBe(false);
    expect(await people.bySession(id)).toBeDefined();
    expect(await people.sessions(ada.id)).toMatchObject([{ id, userAgent: "test", address: "::1" }]);
    expect(await people.revokeSession(ada.id, id)).toBe(true);
    expect(await people.ended({ sessions: [id], tokens: [] })).toEqual([{ id, reason: "revoked" }]);
  });

  it("end with a new password, but for the one that is kept", async () => {
    const ada = await make("ada");
    const [kept, other] = [await signIn(ada), await signIn(ada)];
    expect(await people.setPassword(ada.id, "new hash", { keep: kept })).toEqual([other]);
    expect(await people.bySession(kept)).toBeDefined();
    expect(await people.bySession(other)).toBeUndefined();
    expect(await people.ended({ sessions: [other], tokens: [] })).toEqual([
      { id: other, reason: "password_changed" },
    ]);
  });

  it("are not made with a password that was changed meanwhile, nor for a disabled account", async () => {
    const ada = await make("ada", { role: "user" });
    const session = { userId: ada.id, userAgent: "", address: "", days: 1 };
    const id = sessionId.parse(randomUUID());
    expect(await people.createSession({ ...session, id, passwordHash: "old hash" })).toBe(false);
    await people.setDisabled(ada.id, true);
    expect(await people.createSession({ ...session, id, passwordHash: "hash of ada" })).toBe(false);
  });

  it("do not outlive a disabling that races with many sign-ins", async () => {
    const ada = await make("ada");
    const attempts = Array.from({ length: 20 }, (_, index) => {
      const session = {
        id: sessionId.parse(randomUUID()),
        userId: ada.id,
        userAgent: "",
        address: "",
        days: 1,
      };
      return index === 10
        ? people.setDisabled(ada.id, true)
        : people.createSession({ ...session, passwordHash: "hash of ada" });
    });
    await Promise.all(attempts);
    await people.setDisabled(ada.id, false);
    expect(await people.sessions(ada.id)).toEqual([]);
  });

  it("are forgotten when they ended or expired long ago", async () => {
    const ada = await make("ada");
    const [open, lately, longAgo, expired, expiredLately] = [
      await signIn(ada),
      await signIn(ada),
      await signIn(ada),
      await signIn(ada),
      await signIn(ada),
    ];
    const set = (id: string, column: "ended_at" | "expires_at", days: number) =>
      connections.pool.query(
        `update sessions set ${column} = now() - make_interval(days => $2) where id = $1`,
        [id, days],
      );
    await set(lately, "ended_at", 29);
    await set(longAgo, "ended_at", 31);
    await set(expired, "expires_at", 31);
    await set(expiredLately, "expires_at", 29);
    expect(await people.forgetEndedSessions({ afterDays: 30, most: 1 })).toBe(1);
    expect(await people.forgetEndedSessions({ afterDays: 30, most: 10 })).toBe(1);
    expect(await people.forgetEndedSessions({ afterDays: 30, most: 10 })).toBe(0);
    const { rows } = await connections.pool.query<{ id: string }>("select id from sessions");
    expect(rows.map(({ id }) => id).sort()).toEqual([open, lately, expiredLately].sort());
  });

  it("that nobody knows count as revoked", async () => {
    const id = randomUUID();
    expect(await people.ended({ sessions: [id], tokens: [] })).toEqual([{ id, reason: "revoked" }]);
    expect(await people.ended({ sessions: [], tokens: [id] })).toEqual([{ id, reason: "revoked" }]);
  });
});

describe("disabling", () => {
  it("ends sessions and API tokens, and enabling gives none back", async () => {
    const ada = await make("ada");
    const id = await signIn(ada);
    const tokenId = randomUUID();
    await people.createToken({ id: tokenId, userId: ada.id, name: "test", hash: "digest" });
    expect(await people.byToken("digest")).toEqual({ tokenId, account: ada });
    const ended = await people.setDisabled(ada.id, true);
    expect(new Set(ended)).toEqual(new Set([id, tokenId]));
    expect(await people.bySession(id)).toBeUndefined();
    expect(await people.byToken("digest")).toBeUndefined();
    expect(await people.ended({ sessions: [id], tokens: [tokenId] })).toEqual([
      { id, reason: "disabled" },
      { id: tokenId, reason: "disabled" },
    ]);
    await people.setDisabled(ada.id, false);
    expect((await people.byId(ada.id))?.disabledAt).toBeUndefined();
    expect(await people.bySession(id)).toBeUndefined();
    expect(await people.byToken("digest")).toBeUndefined();
  });

  it("leaves one admin, also when two remove each other at once", async () => {
    const [one, other] = [await make("one", { role: "admin" }), await make("other", { role: "admin" })];
    const outcomes = await Promise.all([people.setDisabled(one.id, true), people.setRole(other.id, "user")]);
    expect(outcomes.filter((outcome) => outcome === "last_admin")).toHaveLength(1);
    const admins = (await people.list({ query: "", limit: 5 })).accounts.filter(
      (account) => account.role === "admin" && account.disabledAt === undefined,
    );
    expect(admins).toHaveLength(1);
  });
});

describe("settings", () => {
  it("keep sign-up closed until it is opened", async () => {
    expect(await people.signUpIsOpen()).toBe(false);
    await people.setSignUpOpen(true);
    expect(await people.signUpIsOpen()).toBe(true);
    await people.setSignUpOpen(false);
    expect(await people.signUpIsOpen()).toBe(false);
  });
});

describe("a database that does not answer", () => {
  it("is told as unavailable, with the time to wait", async () => {
    const nowhere = connectStore({
      url: "postgres://homing@127.0.0.1:1/none",
      poolSize: 1,
      onError: () => undefined,
    });
    await expect(createPeopleStore(nowhere.db).countAccounts()).rejects.toMatchObject({
      code: "unavailable",
      retryAfterMs: 1_000,
    });
    await nowhere.close();
  });
});

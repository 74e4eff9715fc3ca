import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { userId } from "@/lib/contract/ids";
import { connectStore } from "../database";
import { createPeopleStore } from "../people-store";
import { newUser, openPeople } from "../testing/people-store";

const { make, people, signIn } = await openPeople();

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

import { describe, expect, it } from "vitest";
import { openAccounts, PASSWORD, problemsOf } from "../testing/accounts";

const rig = await openAccounts();
const { add, signIn } = rig;
const ADDRESS = "192.0.2.1";

describe("the first admin", () => {
  const admin = { username: "admin", name: "Admin", password: PASSWORD };

  it("comes by a link that works once", async () => {
    const token = await rig.accounts.issueSetupToken();
    if (token === undefined) throw new Error("no token");
    expect(await rig.accounts.isSetUp()).toBe(false);
    expect(await rig.accounts.setupIsOpen(token)).toBe(true);
    expect(await rig.accounts.setupIsOpen("another")).toBe(false);
    await expect(rig.accounts.createFirstAdmin(admin, "another")).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await rig.accounts.createFirstAdmin(admin, token)).toMatchObject({ role: "admin" });
    expect(await rig.accounts.isSetUp()).toBe(true);
    expect(await rig.accounts.setupIsOpen(token)).toBe(false);
    expect(await rig.accounts.issueSetupToken()).toBeUndefined();
    await expect(
      rig.accounts.createFirstAdmin({ ...admin, username: "second" }, token),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("can only use the latest link", async () => {
    const first = await rig.accounts.issueSetupToken();
    const second = await rig.accounts.issueSetupToken();
    expect(await rig.accounts.setupIsOpen(first ?? "")).toBe(false);
    expect(await rig.accounts.setupIsOpen(second ?? "")).toBe(true);
  });

  it("hears of every wrong field at once", async () => {
    const token = (await rig.accounts.issueSetupToken()) ?? "";
    const wrong = rig.accounts.createFirstAdmin({ username: "9", name: " ", password: "short" }, token);
    expect(await problemsOf(wrong)).toEqual({ username: "invalid", name: "required", password: "too_short" });
  });

  it("is one, when many use the link at once", async () => {
    const token = (await rig.accounts.issueSetupToken()) ?? "";
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        rig.accounts.createFirstAdmin({ ...admin, username: `admin${index}` }, token),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });
});

describe("joining", () => {
  const guest = (index = 0) => ({ username: `guest${index}`, name: `Guest ${index}`, password: PASSWORD });

  it("by an invite lets in as many as it says, when many more come at once", async () => {
    await add("admin", { admin: true });
    const { token, invite } = await rig.accounts.createInvite(await signIn("admin"), { hours: 24, uses: 3 });
    expect(invite).toMatchObject({ maxUses: 3, uses: 0, state: "open" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => rig.accounts.join(guest(index), token, ADDRESS)),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(3);
    expect(await rig.accounts.joinIsOpen(token)).toBe(false);
    expect(await signIn((await rig.operator.listUsers({})).accounts[1]?.username ?? "")).toMatchObject({
      role: "user",
    });
  });

  it("without an invite is closed until an admin opens it", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    await expect(rig.accounts.join(guest(), undefined, ADDRESS)).rejects.toMatchObject({ code: "not_found" });
    await rig.accounts.setSignUpOpen(admin, true);
    expect(await rig.accounts.joinIsOpen(undefined)).toBe(true);
    expect(await rig.accounts.join(guest(), undefined, ADDRESS)).toMatchObject({
      username: "guest0",
      role: "user",
    });
    expect(await problemsOf(rig.accounts.join(guest(), undefined, ADDRESS))).toEqual({ username: "taken" });
    await rig.accounts.setSignUpOpen(admin, false);
    await expect(rig.accounts.join(guest(1), undefined, ADDRESS)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("without an invite is limited for each address", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    await rig.accounts.setSignUpOpen(admin, true);
    const asAdmin = { ...guest(), username: "admin" };
    for (let index = 0; index < 20; index += 1) {
      expect(await problemsOf(rig.accounts.join(asAdmin, undefined, ADDRESS))).toEqual({ username: "taken" });
    }
    await expect(rig.accounts.join(guest(), undefined, ADDRESS)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterMs: 60_000,
    });
    expect(await rig.accounts.join(guest(1), undefined, "192.0.2.2")).toMatchObject({ username: "guest1" });
    const { token } = await rig.accounts.createInvite(admin, { hours: 1, uses: 1 });
    expect(await rig.accounts.join(guest(2), token, ADDRESS)).toMatchObject({ username: "guest2" });
    rig.now += 60_000;
    expect(await rig.accounts.join(guest(3), undefined, ADDRESS)).toMatchObject({ username: "guest3" });
  });

  it("is closed while there is no admin, however the setting stands", async () => {
    await rig.connections.pool.query("insert into settings values ('sign_up_open', 'true')");
    expect(await rig.accounts.joinIsOpen(undefined)).toBe(false);
  });

  it("by an invite that was revoked is refused", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    const { token, invite } = await rig.accounts.createInvite(admin, { hours: 24, uses: 3 });
    await rig.accounts.revokeInvite(admin, invite.id);
    await expect(rig.accounts.join(guest(), token, ADDRESS)).rejects.toMatchObject({ code: "not_found" });
    await expect(rig.accounts.revokeInvite(admin, invite.id)).rejects.toMatchObject({ code: "not_found" });
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
    expect(await problemsOf(rig.accounts.createInvite(await signIn("admin"), invite))).toEqual(problems);
  });
});

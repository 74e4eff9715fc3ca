import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newUser, openPeople } from "../testing/people-store";

const { connections, make, people } = await openPeople();

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

describe("settings", () => {
  it("keep sign-up closed until it is opened", async () => {
    expect(await people.signUpIsOpen()).toBe(false);
    await people.setSignUpOpen(true);
    expect(await people.signUpIsOpen()).toBe(true);
    await people.setSignUpOpen(false);
    expect(await people.signUpIsOpen()).toBe(false);
  });
});

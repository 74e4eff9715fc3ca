import { describe, expect, it } from "vitest";
import { systemRandomness } from "@/lib/auth/secrets";
import { userId } from "@/lib/contract/ids";
import { openAccounts, sessionOf } from "../testing/accounts";

const rig = await openAccounts();
const { add, signIn } = rig;

describe("what only admins may do", () => {
  it("is forbidden to everybody else", async () => {
    const ada = await add("ada");
    const actor = await signIn("ada");
    const attempts = [
      rig.accounts.listAccounts(actor, { query: "" }),
      rig.accounts.setAccountDisabled(actor, ada.id, true),
      rig.accounts.setAccountRole(actor, ada.id, "admin"),
      rig.accounts.createInvite(actor, { hours: 1, uses: 1 }),
      rig.accounts.listInvites(actor),
      rig.accounts.revokeInvite(actor, systemRandomness.uuid()),
      rig.accounts.setSignUpOpen(actor, true),
    ];
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual(
      attempts.map(() => "forbidden"),
    );
    expect((await rig.accounts.actorOfSession(sessionOf(actor)))?.role).toBe("user");
  });

  it("is to list, search, promote and demote", async () => {
    const ada = await add("ada", { name: "Ada Lovelace" });
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    expect(await rig.accounts.listAccounts(admin, { query: "love" })).toMatchObject({
      accounts: [{ username: "ada" }],
      hasMore: false,
    });
    await rig.accounts.setAccountRole(admin, ada.id, "admin");
    expect((await signIn("ada")).role).toBe("admin");
    await rig.accounts.setAccountRole(admin, ada.id, "user");
    expect((await signIn("ada")).role).toBe("user");
  });

  it("does not reach themselves, nor what does not exist", async () => {
    await add("admin", { admin: true });
    const admin = await signIn("admin");
    const nobody = userId.parse(systemRandomness.uuid());
    await expect(rig.accounts.setAccountDisabled(admin, admin.id, true)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(rig.accounts.setAccountRole(admin, admin.id, "user")).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(rig.accounts.setAccountDisabled(admin, nobody, true)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(rig.accounts.setAccountRole(admin, nobody, "user")).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(rig.accounts.listAccounts(admin, { query: "x".repeat(65) })).rejects.toMatchObject({
      code: "bad_request",
    });
    await expect(rig.accounts.listAccounts(admin, { query: "", after: "\0" })).rejects.toMatchObject({
      code: "bad_request",
    });
  });
});

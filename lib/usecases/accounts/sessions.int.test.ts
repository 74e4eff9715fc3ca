import { describe, expect, it } from "vitest";
import { systemRandomness } from "@/lib/auth/secrets";
import { sessionId } from "@/lib/contract/ids";
import { openAccounts, PASSWORD, sessionOf } from "../testing/accounts";

const rig = await openAccounts();
const { add, attempt, signIn } = rig;

describe("signing in", () => {
  it("gives a session with what the device said of itself", async () => {
    await add("ada", { name: "Ada Lovelace" });
    const actor = await signIn("ADA");
    expect(actor).toMatchObject({ username: "ada", name: "Ada Lovelace", role: "user" });
    expect(await rig.accounts.listSessions(actor)).toMatchObject([
      { userAgent: "test", address: "192.0.2.1", current: true },
    ]);
  });

  it("lasts while it is used, half a year at most", async () => {
    await add("ada");
    const actor = await signIn("ada");
    const daysLeft = async () => {
      const [session] = await rig.accounts.listSessions(actor);
      return session && Math.round((session.expiresAt.getTime() - Date.now()) / 86_400_000);
    };
    const pass = (days: number) =>
      rig.connections.pool.query(
        `update sessions set created_at = created_at - $1::integer * interval '1 day',
           expires_at = expires_at - $1::integer * interval '1 day', last_seen_at = now() - interval '1 hour'`,
        [days],
      );
    const use = () => rig.accounts.actorOfSession(sessionOf(actor));
    for (let weeks = 3; weeks <= 21; weeks += 3) {
      await pass(21);
      expect(await use()).toEqual(actor);
      expect(await daysLeft()).toBe(30);
    }
    await pass(21);
    expect(await use()).toEqual(actor);
    expect(await daysLeft()).toBe(12);
    await pass(12);
    expect(await use()).toBeUndefined();
    expect(await rig.accounts.sessionEndReason(sessionOf(actor))).toBe("expired");
  });

  it("answers a wrong password and an unknown user alike, and works as hard for both", async () => {
    await add("ada");
    expect(await attempt("ada", "wrong password")).toEqual({ kind: "refused" });
    expect(rig.nobodyAsked).toBe(0);
    expect(await attempt("nobody", "wrong password")).toEqual({ kind: "refused" });
    expect(await attempt("not a username!", "wrong password")).toEqual({ kind: "refused" });
    expect(rig.nobodyAsked).toBe(2);
  });

  it("tells a disabled user so, and nobody else", async () => {
    const ada = await add("ada");
    const admin = await signIn((await add("admin", { admin: true })).username);
    await rig.accounts.setAccountDisabled(admin, ada.id, true);
    expect(await attempt("ada", "wrong password")).toEqual({ kind: "refused" });
    expect(await attempt("ada", PASSWORD)).toEqual({ kind: "disabled" });
  });

  it("slows down guessing, and lets the right password in after the wait", async () => {
    await add("ada");
    for (let time = 0; time < 6; time += 1) await attempt("ada", "wrong password");
    expect(await attempt("ada", PASSWORD)).toEqual({ kind: "throttled", retryAfterMs: 1_000 });
    rig.now += 1_000;
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
    const [session] = await rig.accounts.listSessions(await signIn("ada"));
    expect(session?.userAgent.length).toBeLessThanOrEqual(300);
  });
});

describe("sessions", () => {
  it("end with signing out, once, and the sockets hear it", async () => {
    await add("ada");
    const id = sessionOf(await signIn("ada"));
    await rig.accounts.signOut(id);
    await rig.accounts.signOut(id);
    expect(rig.ended).toEqual([{ ids: [id], reason: "signed_out" }]);
    expect(await rig.accounts.actorOfSession(id)).toBeUndefined();
    expect(await rig.accounts.sessionEndReason(id)).toBe("signed_out");
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
    await expect(rig.accounts.revokeSession(bob, sessionOf(one))).rejects.toMatchObject({
      code: "not_found",
    });
    await rig.accounts.revokeSession(two, sessionOf(one));
    expect(rig.ended).toEqual([{ ids: [sessionOf(one)], reason: "revoked" }]);
    expect(await rig.accounts.revokeOtherSessions(two)).toEqual({ sessions: 1 });
    expect(await rig.accounts.actorOfSession(sessionOf(three))).toBeUndefined();
    expect(await rig.accounts.actorOfSession(sessionOf(two))).toBeDefined();
    expect(await rig.accounts.actorOfSession(sessionOf(bob))).toBeDefined();
  });

  it("end with a new password, but for the one that sets it", async () => {
    await add("ada");
    const [here, there] = [await signIn("ada"), await signIn("ada")];
    await rig.accounts.changePassword(here, { current: PASSWORD, next: "another one" });
    expect(rig.ended).toEqual([{ ids: [sessionOf(there)], reason: "password_changed" }]);
    expect(await rig.accounts.actorOfSession(sessionOf(here))).toBeDefined();
    expect(await rig.accounts.sessionEndReason(sessionOf(there))).toBe("password_changed");
    expect(await attempt("ada", PASSWORD)).toEqual({ kind: "refused" });
    expect(await attempt("ada", "another one")).toMatchObject({ kind: "signed_in" });
  });

  it("end when the user is disabled", async () => {
    const ada = await add("ada");
    await add("admin", { admin: true });
    const [admin, actor] = [await signIn("admin"), await signIn("ada")];
    const token = await rig.operator.createToken("ada");
    const byToken = await rig.accounts.actorOfToken(token);
    expect(byToken).toMatchObject({ username: "ada", credential: { kind: "token" } });
    await rig.accounts.setAccountDisabled(admin, ada.id, true);
    expect(rig.ended).toEqual([{ ids: [sessionOf(actor), byToken?.credential.id], reason: "disabled" }]);
    expect(await rig.accounts.actorOfSession(sessionOf(actor))).toBeUndefined();
    expect(await rig.accounts.actorOfToken(token)).toBeUndefined();
  });

  it("are nobody's when unknown", async () => {
    const unknown = sessionId.parse(systemRandomness.uuid());
    expect(await rig.accounts.actorOfSession(unknown)).toBeUndefined();
    expect(await rig.accounts.actorOfToken("")).toBeUndefined();
    expect(await rig.accounts.actorOfToken("x".repeat(1_000_000))).toBeUndefined();
  });
});

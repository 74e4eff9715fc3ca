import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sessionId } from "@/lib/contract/ids";
import { openPeople } from "../testing/people-store";

const { connections, make, people, signIn } = await openPeople();

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

  it("go on while they are used, up to the most days, by the database's clock and one write a day", async () => {
    const life = { days: 30, mostDays: 180 };
    const id = await signIn(await make("ada"));
    const place = (madeDaysAgo: number, endsInDays: number) =>
      connections.pool.query(
        `update sessions set created_at = now() - make_interval(days => $1),
           expires_at = now() + make_interval(mins => ($2::float * 1440)::integer), last_seen_at = now() - interval '1 hour'`,
        [madeDaysAgo, endsInDays],
      );
    const daysLeft = async () => {
      const left = "round(extract(epoch from expires_at - now()) / 86400, 1)::float as days from sessions";
      return (await connections.pool.query<{ days: number }>(`select ${left}`)).rows[0]?.days;
    };
    for (const use of [() => people.bySession(id, life), () => people.prolongSessions([id], life)]) {
      await place(20, 10);
      await use();
      expect(await daysLeft()).toBe(30);
      await place(1, 29.2);
      await use();
      expect(await daysLeft()).toBe(29.2);
      await place(170, 5);
      await use();
      expect(await daysLeft()).toBe(10);
      await place(1, 60);
      await use();
      expect(await daysLeft()).toBe(60);
      await place(20, -1);
      await use();
      expect(await daysLeft()).toBe(-1);
    }
    await place(20, 10);
    expect(await people.bySession(id)).toBeDefined();
    expect(await daysLeft()).toBe(10);
    expect(await people.prolongSessions([id, randomUUID()], life)).toBe(1);
    expect(await people.prolongSessions([id], life)).toBe(0);
    await place(0, 0.8);
    expect(await people.prolongSessions([id], { days: 1, mostDays: 180 })).toBe(0);
    await place(0, 0.7);
    expect(await people.prolongSessions([id], { days: 1, mostDays: 180 })).toBe(1);
    await people.signOutSession(id);
    await place(20, 10);
    expect(await people.prolongSessions([id], life)).toBe(0);
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
    const old = await signIn(ada);
    await set(old, "ended_at", 31);
    await connections.pool.query(
      "update sessions set created_at = now() - interval '181 days' where id <> $1",
      [old],
    );
    expect(await people.forgetEndedSessions({ afterDays: 30, mostDays: 180, most: 1 })).toBe(1);
    expect(await people.forgetEndedSessions({ afterDays: 30, mostDays: 180, most: 10 })).toBe(1);
    expect(await people.forgetEndedSessions({ afterDays: 30, mostDays: 180, most: 10 })).toBe(0);
    const { rows } = await connections.pool.query<{ id: string }>("select id from sessions");
    expect(rows.map(({ id }) => id).sort()).toEqual([open, lately, expiredLately, old].sort());
  });

  it("that nobody knows count as revoked", async () => {
    const id = randomUUID();
    expect(await people.ended({ sessions: [id], tokens: [] })).toEqual([{ id, reason: "revoked" }]);
    expect(await people.ended({ sessions: [], tokens: [id] })).toEqual([{ id, reason: "revoked" }]);
  });
});

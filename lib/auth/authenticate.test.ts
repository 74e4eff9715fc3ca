import { decode, encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { type SessionId, sessionId, userId } from "@/lib/contract/ids";
import type { Actor } from "@/lib/usecases/actor";
import { createAuthenticate } from "./authenticate";
import { makeSessionCookie, sessionCookieName } from "./session-cookie";

const SECRET = "a secret of at least thirty-two characters";
const session = {
  id: sessionId.parse("b2f5c3a0-0000-4000-8000-000000000001"),
  userId: userId.parse("b2f5c3a0-0000-4000-8000-000000000002"),
};

const ada = (credential: Actor["credential"]): Actor => ({
  id: session.userId,
  username: "ada",
  name: "Ada",
  role: "user",
  credential,
});

/** Knows one session and one token. */
const accounts = {
  actorOfSession: async (id: SessionId) => (id === session.id ? ada({ kind: "session", id }) : undefined),
  actorOfToken: async (token: string) => (token === "right" ? ada({ kind: "token", id: "t" }) : undefined),
};
const authenticate = createAuthenticate({ accounts, secret: SECRET, secureCookies: false });
const cookie = () => makeSessionCookie({ secret: SECRET, secureCookies: false, sessionMostDays: 1 }, session);

describe("the cookie", () => {
  it("lasts as long as a session can, in the browser and by its token", async () => {
    const made = await makeSessionCookie(
      { secret: SECRET, secureCookies: false, sessionMostDays: 180 },
      session,
    );
    const { exp = 0, iat = 0 } = (await decode({ token: made.value, secret: SECRET })) ?? {};
    expect([made.maxAge, Number(exp) - Number(iat)]).toEqual([180 * 86_400, 180 * 86_400]);
  });
});

describe("authenticate", () => {
  it("knows the cookie that was set, among others", async () => {
    const { name, value } = await cookie();
    const actor = await authenticate({ cookieHeader: `theme=dark; ${name}=${value}; x=y` });
    expect(actor?.credential).toEqual({ kind: "session", id: session.id });
  });

  it("knows it in pieces, in any order", async () => {
    const { name, value } = await cookie();
    const [one, two, three] = [value.slice(0, 60), value.slice(60, 120), value.slice(120)];
    const cookieHeader = `${name}.1=${two}; ${name}.0=${one}; ${name}.2=${three}`;
    expect(await authenticate({ cookieHeader })).toBeDefined();
    expect(await authenticate({ cookieHeader: `${name}.0=${one}; ${name}.2=${three}` })).toBeUndefined();
  });

  it("knows an API token, and never falls back to a cookie", async () => {
    const { name, value } = await cookie();
    expect((await authenticate({ token: "right" }))?.credential.kind).toBe("token");
    expect(await authenticate({ token: "wrong", cookieHeader: `${name}=${value}` })).toBeUndefined();
    expect(await authenticate({ token: "", cookieHeader: `${name}=${value}` })).toBeUndefined();
  });

  it("knows nobody by a token of another secret, without a session, or of a session that ended", async () => {
    const name = sessionCookieName(false);
    const of = async (token: object, secret = SECRET) =>
      authenticate({ cookieHeader: `${name}=${await encode({ token: { ...token }, secret })}` });
    expect(await of({ sub: session.userId, sid: session.id })).toBeDefined();
    expect(await of({ sub: session.userId, sid: session.id }, `${SECRET}!`)).toBeUndefined();
    expect(await of({ sub: session.userId })).toBeUndefined();
    expect(await of({ sub: session.userId, sid: { $ne: null } })).toBeUndefined();
    expect(await of({ sub: session.userId, sid: "b2f5c3a0-0000-4000-8000-000000000009" })).toBeUndefined();
    const expired = await encode({ token: { sid: session.id }, secret: SECRET, maxAge: -60 });
    expect(await authenticate({ cookieHeader: `${name}=${expired}` })).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "=",
    ";;;=;",
    "next-auth.session-token",
    "next-auth.session-token=",
    "next-auth.session-token=a.b.c.d.e",
    `next-auth.session-token=${"x".repeat(60_000)}`,
    "__proto__=x; constructor=y",
    "next-auth.session-token=\ud800\0",
  ])("takes %j for nobody", async (cookieHeader) => {
    expect(await authenticate({ cookieHeader })).toBeUndefined();
  });

  it("only takes the prefixed cookie where the address is https", async () => {
    const secure = createAuthenticate({ accounts, secret: SECRET, secureCookies: true });
    const { name, value } = await cookie();
    expect(await secure({ cookieHeader: `${name}=${value}` })).toBeUndefined();
    expect(await secure({ cookieHeader: `__Secure-${name}=${value}` })).toBeDefined();
  });
});

import { describe, expect, it } from "vitest";
import { HomingError } from "@/lib/domain/homing-error";
import { errorAnswer, refusalAnswer, withOwnAddresses } from "./auth-answer";

const ORIGIN = "https://chat.example";

describe("errorAnswer", () => {
  it("gives the status and the whole seconds to wait", async () => {
    const answer = errorAnswer(new HomingError("rate_limited", "Slower.", { retryAfterMs: 1_001 }));
    expect(answer.status).toBe(429);
    expect(answer.headers.get("Retry-After")).toBe("2");
    expect(await answer.json()).toEqual({
      error: { code: "rate_limited", message: "Slower.", retryAfterMs: 1_001 },
    });
  });
});

describe("refusalAnswer", () => {
  it("answers throttled attempts with 429, asked as a form or by a script", () => {
    for (const asJson of [true, false]) {
      const answer = refusalAnswer({ kind: "throttled", retryAfterMs: 4_000 }, { origin: ORIGIN }, asJson);
      expect(answer?.status).toBe(429);
      expect(answer?.headers.get("Retry-After")).toBe("4");
    }
  });

  it("leads a form back to the sign-in page, and gives a script the status", async () => {
    const form = refusalAnswer({ kind: "refused" }, { origin: ORIGIN }, false);
    expect(form?.status).toBe(302);
    expect(form?.headers.get("Location")).toBe("https://chat.example/login?error=refused");
    const script = refusalAnswer({ kind: "disabled" }, { origin: ORIGIN }, true);
    expect(script?.status).toBe(403);
    expect(await script?.json()).toEqual({ url: "https://chat.example/login?error=disabled" });
  });

  it("has nothing to say where nobody tried to sign in", () => {
    expect(refusalAnswer(undefined, { origin: ORIGIN }, false)).toBeUndefined();
  });
});

describe("withOwnAddresses", () => {
  it("keeps the path of a redirect and nothing of the server it names", async () => {
    const there = (location: string) =>
      withOwnAddresses(new Response(null, { status: 302, headers: { Location: location } }), ORIGIN);
    expect((await there("http://localhost:3000/api/auth/signin?csrf=true")).headers.get("Location")).toBe(
      "https://chat.example/api/auth/signin?csrf=true",
    );
    expect((await there("/login?x=1")).headers.get("Location")).toBe("https://chat.example/login?x=1");
    expect((await there("https://evil.example/chat")).headers.get("Location")).toBe(
      "https://chat.example/chat",
    );
  });

  it("keeps cookies and status of JSON, at any depth", async () => {
    const headers = { "Content-Type": "application/json", "Set-Cookie": "a=b" };
    const body = {
      url: "http://localhost:3000/chat",
      credentials: { signinUrl: "http://localhost:3000/x", id: "url" },
    };
    const answer = await withOwnAddresses(
      new Response(JSON.stringify(body), { status: 401, headers }),
      ORIGIN,
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get("Set-Cookie")).toBe("a=b");
    expect(await answer.json()).toEqual({
      url: "https://chat.example/chat",
      credentials: { signinUrl: "https://chat.example/x", id: "url" },
    });
  });
});

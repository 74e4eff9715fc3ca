import { describe, expect, it } from "vitest";
import { returnPath } from "./return-path";

describe("returnPath", () => {
  it.each([
    ["/inbox", "/inbox"],
    ["/chat/0d7f?at=12#m12", "/chat/0d7f?at=12#m12"],
    ["/", "/"],
    ["chat", "/chat"],
    ["/a/../settings", "/settings"],
    ["/login-help", "/login-help"],
    ["/%2f%2fevil.example", "/%2f%2fevil.example"],
  ])("keeps the path %s", (asked, path) => {
    expect(returnPath(asked)).toBe(path);
  });

  it.each([
    undefined,
    null,
    "",
    "//evil.example/chat",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\n//evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "https://evil.example/chat",
    "https:evil.example",
    "http://homing.invalid.evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://",
    "//",
    "/login?callbackUrl=/login",
    "/join/token",
    "/api/auth/signout",
    "/_next/static/x.js",
  ])("answers %j with the start page", (asked) => {
    expect(returnPath(asked)).toBe("/chat");
  });

  it("takes an address of its own origin, and of no other", () => {
    const origin = "https://chat.example:8443";
    expect(returnPath("https://chat.example:8443/inbox?x=1", origin)).toBe("/inbox?x=1");
    expect(returnPath("/inbox", origin)).toBe("/inbox");
    expect(returnPath("https://chat.example/inbox", origin)).toBe("/chat");
    expect(returnPath("http://chat.example:8443/inbox", origin)).toBe("/chat");
    expect(returnPath("https://user@evil.example/", origin)).toBe("/chat");
    expect(returnPath("https://chat.example:8443@evil.example/inbox", origin)).toBe("/chat");
  });
});

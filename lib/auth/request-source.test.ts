import { describe, expect, it } from "vitest";
import { requestSource } from "./request-source";

const source = (headers: Record<string, string>, secure = false) =>
  requestSource(new Headers(headers), secure);

describe("requestSource", () => {
  it("is the host that was asked, on any port", () => {
    expect(
      source({ host: "192.168.1.7:3410", "x-forwarded-for": "10.0.0.1", "user-agent": "curl/8" }),
    ).toEqual({
      origin: "http://192.168.1.7:3410",
      address: "10.0.0.1",
      userAgent: "curl/8",
    });
    expect(source({ host: "[::1]:3000" }).origin).toBe("http://[::1]:3000");
  });

  it("is what a proxy says where one is trusted", () => {
    const headers = {
      host: "10.0.0.9:3000",
      "x-forwarded-host": "chat.example",
      "x-forwarded-proto": "https",
    };
    expect(source(headers).origin).toBe("https://chat.example");
    expect(source({ host: "chat.example" }, true).origin).toBe("https://chat.example");
  });
});

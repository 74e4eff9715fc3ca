import { describe, expect, it } from "vitest";
import { mayRetry } from "./retry";

const failed = (code: string) => Object.assign(new Error(code), { code });

describe("mayRetry", () => {
  it.each(["GET", "HEAD", "OPTIONS"])("repeats %s after any failure", (method) => {
    expect(mayRetry(method, failed("ECONNRESET"))).toBe(true);
  });

  it.each(["POST", "PUT", "DELETE", "PATCH"])("repeats %s only when no node has seen it", (method) => {
    expect(mayRetry(method, failed("ECONNREFUSED"))).toBe(true);
    expect(mayRetry(method, failed("ECONNRESET"))).toBe(false);
    expect(mayRetry(method, new Error("socket hang up"))).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { describeTarget } from "./settings";

describe("describeTarget", () => {
  it("names a server without its user and password", () => {
    const url = "rediss://someone:very-secret@redis.example.com:6380/2?family=6";
    expect(describeTarget({ kind: "single", url })).toBe("rediss://redis.example.com:6380/2");
  });

  it("names sentinels and the nodes of a cluster", () => {
    const addresses = [
      { host: "a", port: 1 },
      { host: "b", port: 2 },
    ];
    const password = "very-secret";
    expect(
      describeTarget({ kind: "sentinel", sentinels: addresses, master: "main", password, tls: false }),
    ).toBe("sentinels a:1,b:2 (main)");
    expect(describeTarget({ kind: "cluster", nodes: addresses, password, tls: false })).toBe(
      "cluster a:1,b:2",
    );
  });

  it("gives nothing away of an address that cannot be read", () => {
    expect(describeTarget({ kind: "single", url: "not an address with a very-secret" })).toBe("redis");
  });
});

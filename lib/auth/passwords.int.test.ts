import { describe, expect, it } from "vitest";
import { createPasswords } from "./passwords";

describe("passwords", () => {
  const passwords = createPasswords();

  it("are hashed by argon2id with 19 MiB, two passes, one lane", async () => {
    const hash = await passwords.hash("correct horse");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(hash, "correct horse")).toBe(true);
    expect(await passwords.verify(hash, "correct horsf")).toBe(false);
  });

  it("are the same however their characters were composed", async () => {
    const hash = await passwords.hash("mot de passé");
    expect(await passwords.verify(hash, "mot de passe\u0301")).toBe(true);
  });

  it.each(["with\0NUL", "lone \ud800 surrogate", "", "x".repeat(128)])(
    "verify %j without an error",
    async (text) => {
      expect(await passwords.verify(await passwords.hash("another one"), text)).toBe(false);
      expect(await passwords.verifyNobody(text)).toBe(false);
    },
  );

  it("never match nobody's, which costs the same", async () => {
    expect(await passwords.verifyNobody("correct horse")).toBe(false);
  });

  it("are hashed a few at a time; who comes when too many wait is told so", async () => {
    const bounded = createPasswords({ parallel: 1, mostWaiting: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => bounded.hash("correct horse")));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { code: "unavailable" } });
    expect(await bounded.hash("correct horse")).toContain("$argon2id$");
  });
});

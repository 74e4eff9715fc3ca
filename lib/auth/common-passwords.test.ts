import { describe, expect, it } from "vitest";
import { isCommonPassword } from "./common-passwords";

describe("isCommonPassword", () => {
  it.each([
    "password",
    "Password1",
    "P@ssw0rd123!",
    "passwort2024",
    "12345678",
    "1234567890",
    "87654321",
    "abcdefgh",
    "aaaaaaaa",
    "abababab",
    "qwertyuiop",
    "poiuytrewq",
    "1qaz2wsx",
    "iloveyou",
    "Iloveyou!!",
    "welcome1",
    "letmein123",
    "trustno1",
    "19900101",
    "woaini1314",
    "homing-1234",
    "        ",
    "xxxxxxxx",
  ])("knows %j", (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    "correct horse battery staple",
    "83628361",
    "kT7#pw9x",
    "password of my grandmother",
    "alice-password",
    "secret-garden-wall",
    "密码是很长的一句话",
    "__proto__",
    "constructor",
  ])("lets %j pass", (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });

  it("answers at once, whatever it is given", () => {
    expect(isCommonPassword(`${"ab".repeat(50_000)}x!`)).toBe(false);
    expect(isCommonPassword(" ".repeat(100_000))).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { passwordProblem } from "./password-rules";

const ada = { username: "ada.lovelace", name: "Ada King" };
const problem = (password: string) => passwordProblem(password, ada, (text) => text === "a common one");

describe("passwordProblem", () => {
  it.each([
    ["", "required"],
    ["seven77", "too_short"],
    ["x".repeat(129), "too_long"],
    ["x".repeat(1_000_000), "too_long"],
    ["with\0NUL here", "invalid"],
    ["lone \ud800 surrogate", "invalid"],
    ["a common one", "too_common"],
    ["AdaLovelace", "too_similar"],
    ["adalovelace99!", "too_similar"],
    ["2024adaking", "too_similar"],
    ["homing123", "too_similar"],
  ])("refuses %j: %s", (password, expected) => {
    expect(problem(password)).toBe(expected);
  });

  it.each(["eight888", "correct horse", "ada.lovelace-8214-7713", "密码是很长的一句话", "x".repeat(128)])(
    "takes %j",
    (password) => {
      expect(problem(password)).toBeUndefined();
    },
  );

  it("does not take a name without letters for a part of everything", () => {
    expect(passwordProblem("83628361", { username: "ab", name: "🎉" }, () => false)).toBeUndefined();
  });
});

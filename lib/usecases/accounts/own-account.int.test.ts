import { describe, expect, it } from "vitest";
import { openAccounts, PASSWORD, problemsOf, sessionOf } from "../testing/accounts";

const rig = await openAccounts();
const { add, attempt, signIn } = rig;

describe("changing the password", () => {
  it("asks for the current one, and slows down guessing it", async () => {
    await add("ada");
    const actor = await signIn("ada");
    const guess = () =>
      rig.accounts.changePassword(actor, { current: "wrong password", next: "another one" });
    for (let time = 0; time < 6; time += 1) {
      expect(await problemsOf(guess())).toEqual({ current: "wrong" });
    }
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 1_000 });
  });

  it("does not undo a new password that an operator has set meanwhile", async () => {
    await add("ada");
    const actor = await signIn("ada");
    rig.meanwhile = () => rig.operator.setPassword("ada", "set by the operator");
    const change = rig.accounts.changePassword(actor, { current: PASSWORD, next: "set by the thief" });
    expect(await problemsOf(change)).toEqual({ current: "wrong" });
    expect(await attempt("ada", "set by the thief")).toMatchObject({ kind: "refused" });
    expect(await attempt("ada", "set by the operator")).toMatchObject({ kind: "signed_in" });
  });

  it.each([
    ["short", "too_short"],
    ["x".repeat(1_000_000), "too_long"],
    ["password1", "too_common"],
    ["Ada-1234", "too_similar"],
    ["with\0NUL", "invalid"],
  ])("refuses %j", async (next, problem) => {
    await add("ada");
    const change = rig.accounts.changePassword(await signIn("ada"), { current: PASSWORD, next });
    expect(await problemsOf(change)).toEqual({ next: problem });
  });
});

describe("names", () => {
  it("are changed by their owner", async () => {
    await add("ada");
    const actor = await signIn("ada");
    await rig.accounts.rename(actor, "  Ada 王 ");
    expect(await rig.accounts.actorOfSession(sessionOf(actor))).toMatchObject({ name: "Ada 王" });
  });

  it.each([
    ["", "required"],
    ["   ", "required"],
    ["x".repeat(65), "too_long"],
    ["a\0b", "invalid"],
    ["\ud800", "invalid"],
    ["line\nbreak", "invalid"],
  ])("refuse %j", async (name, problem) => {
    await add("ada");
    expect(await problemsOf(rig.accounts.rename(await signIn("ada"), name))).toEqual({ name: problem });
  });
});

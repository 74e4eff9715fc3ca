import { describe, expect, it } from "vitest";
import { parseCommand, UsageError } from "./command";

describe("parseCommand", () => {
  it.each([
    [
      ["user", "add", "ada", "--password-stdin"],
      { admin: false, displayName: "ada", passwordFromStdin: true },
    ],
    [
      ["user", "add", "ada", "--name", "Ada Lovelace", "--admin"],
      { admin: true, displayName: "Ada Lovelace", passwordFromStdin: false },
    ],
    [["user", "--admin", "add", "--name=-x-", "ada"], { username: "ada", admin: true, displayName: "-x-" }],
    [["user", "passwd", "ada", "--password-stdin"], { name: "user passwd", username: "ada" }],
    [["user", "disable", "ada"], { name: "user disable", username: "ada" }],
    [["user", "enable", "ada"], { name: "user enable", username: "ada" }],
    [["user", "list"], { name: "user list" }],
    [["token", "create", "ada"], { name: "token create", username: "ada" }],
    [["database", "restored"], { name: "database restored" }],
    [["help"], { name: "help" }],
    [["user", "add", "--help"], { name: "help" }],
    [[], { name: "help" }],
  ])("reads %j", (words, command) => {
    expect(parseCommand(words)).toMatchObject(command);
  });

  it.each([
    [["user"]],
    [["user", "remove", "ada"]],
    [["user", "add"]],
    [["user", "add", "ada", "Lovelace"]],
    [["user", "list", "ada"]],
    [["database", "restored", "now"]],
    [["user", "disable", "ada", "--admin"]],
    [["token", "create", "ada", "--password-stdin"]],
    [["user", "add", "ada", "--password=secret"]],
    [["user", "add", "ada", "--name"]],
    [["constructor", "x"]],
    [["--unknown"]],
  ])("refuses %j", (words) => {
    expect(() => parseCommand(words)).toThrow(UsageError);
  });
});

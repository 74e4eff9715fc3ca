import { describe, expect, it } from "vitest";
import { parseCommand } from "./command";

describe("parseCommand", () => {
  it.each([
    ["kill 1", { verb: "kill", target: 1 }],
    ["k3", { verb: "kill", target: 3 }],
    ["  Stop   2 ", { verb: "stop", target: 2 }],
    ["b2", { verb: "start", target: 2 }],
    ["restart all", { verb: "restart", target: "all" }],
    ["ra", { verb: "restart", target: "all" }],
    ["p1", { verb: "pause", target: 1 }],
    ["resume 1", { verb: "resume", target: 1 }],
    ["kill redis", { verb: "kill", target: "redis" }],
    ["status", { verb: "status" }],
    ["q", { verb: "quit" }],
  ])("%s", (line, command) => {
    expect(parseCommand(line, 3)).toEqual(command);
  });

  it.each(["", "kill", "kill 4", "kill 0", "k4", "kill 1 2", "destroy 1", "1", "toString 1"])(
    "takes %j for no command",
    (line) => {
      expect(parseCommand(line, 3)).toBeUndefined();
    },
  );
});

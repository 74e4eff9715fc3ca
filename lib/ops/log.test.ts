import { describe, expect, it } from "vitest";
import { createLogger } from "./log";

function logged(
  write: (log: ReturnType<typeof createLogger>) => void,
  format: "json" | "pretty" = "json",
): string {
  const lines: string[] = [];
  const config = { log: { level: "info", format }, node: { name: "node-1" } } as const;
  write(createLogger(config, { write: (line: string) => lines.push(line) }));
  return lines.join("");
}

describe("createLogger", () => {
  it("writes one JSON object a line", () => {
    const entry: unknown = JSON.parse(logged((log) => log.info({ conversations: 3 }, "opened")));
    expect(entry).toMatchObject({ level: "info", node: "node-1", conversations: 3, msg: "opened" });
    expect(entry).toHaveProperty("time", expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
  });

  it("leaves secrets and bodies out, at any depth", () => {
    const text = logged((log) => {
      log.info(
        { password: "hunter2", request: { headers: { cookie: "hunter2", Authorization: "hunter2" } } },
        "a",
      );
      log.info(
        { list: [{ newPassword: "hunter2", apiToken: "hunter2" }], message: { body: "hunter2" } },
        "b",
      );
      log.child({ token: "hunter2" }).info({ secret: { deep: "hunter2" } }, "c");
    });
    expect(text).not.toContain("hunter2");
    expect(text).toContain("[redacted]");
  });

  it("keeps of an error only what cannot hold a row", () => {
    const error = Object.assign(new Error("failed", { cause: new Error("below") }), {
      code: "23514",
      detail: "Failing row contains (hunter2)",
      parameters: ["hunter2"],
    });
    const text = logged((log) => log.error({ err: error }, "query"));
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toMatchObject({
      err: { code: "23514", message: "failed", cause: { message: "below" } },
    });
    expect(logged((log) => log.error(error))).not.toContain("hunter2");
    expect(logged((log) => log.error({ failure: error }))).not.toContain("hunter2");
  });

  it.each(["json", "pretty"] as const)("lets nobody forge or reorder lines (%s)", (format) => {
    const hostile = 'a\n{"level":"fatal"}\r\u001b[31m\u009b\u202e\u2028\ud800';
    const text = logged((log) => {
      log.child({ place: hostile }).info({ name: hostile, [hostile]: 1 }, hostile);
    }, format);
    expect(text.split("\n")).toHaveLength(2);
    expect(text.replace(/\n$/, "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(text).toContain("\\u202e");
  });

  it("survives circles, depth and odd values", () => {
    const circle: { self?: object; [name: string]: unknown } = {
      big: 1n,
      bytes: Buffer.alloc(9),
      never: undefined,
      bad: new Date(Number.NaN),
    };
    circle.self = circle;
    expect(logged((log) => log.info({ circle }, "odd"))).toContain("[9 bytes]");
  });

  it("shows eyes the time, the level, the sentence, the fields and the stack", () => {
    const text = logged((log) => log.warn({ port: 3000, err: new Error("no") }, "late"), "pretty");
    expect(text).toMatch(/^\d\d:\d\d:\d\d warn {2}late port=3000\n {4}Error: no\n {4} +at /);
  });
});

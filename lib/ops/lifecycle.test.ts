import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { createLifecycle } from "./lifecycle";
import { createLogger } from "./log";

function make(deadlineMs = 60_000) {
  const lines: string[] = [];
  const log = createLogger(
    { log: { level: "info", format: "json" }, node: { name: "n" } },
    { write: (line) => lines.push(line) },
  );
  const exits: number[] = [];
  const clock = { now: 0 };
  const exit = (code: number) => exits.push(code);
  const lifecycle = createLifecycle({ log, deadlineMs, exit, now: () => clock.now });
  return { lifecycle, exits, lines, clock, host: new EventEmitter() };
}

describe("createLifecycle", () => {
  it("stops phase after phase, whatever the order of registration, then exits", async () => {
    const { lifecycle, exits } = make();
    const seen: string[] = [];
    const step = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise(setImmediate);
      seen.push(`${name} ends`);
    };
    lifecycle.onShutdown("database", "pool", step("pool"));
    lifecycle.onShutdown("readiness", "ready", step("ready"));
    lifecycle.onShutdown("sockets", "io", step("io"));
    lifecycle.onShutdown("sockets", "http", step("http"));
    await lifecycle.shutdown("test");
    expect(seen).toEqual([
      "ready begins",
      "ready ends",
      "io begins",
      "http begins",
      "io ends",
      "http ends",
      "pool begins",
      "pool ends",
    ]);
    expect(exits).toEqual([0]);
    expect(lifecycle.signal.reason).toBe("test");
  });

  it("goes on after a failure, and says which", async () => {
    const { lifecycle, exits, lines } = make();
    const after = vi.fn();
    lifecycle.onShutdown("drain", "broken", () => {
      throw new Error("no");
    });
    lifecycle.onShutdown("embedded", "postgres", after);
    await lifecycle.shutdown("test");
    expect(after).toHaveBeenCalledOnce();
    expect(exits).toEqual([0]);
    expect(lines.join("")).toContain('"name":"broken"');
  });

  it("waits for what is still being started, and stops what came of it", async () => {
    const { lifecycle, exits } = make();
    const seen: string[] = [];
    const started = new Promise<string>((resolve) => {
      lifecycle.signal.addEventListener("abort", () => setImmediate(resolve, "server"));
    });
    const failed = new Promise<string>((_, reject) => {
      lifecycle.signal.addEventListener("abort", () => setImmediate(reject, new Error("ended")));
    });
    const stop = (name: string) => void seen.push(`${name} stops`);
    lifecycle.starting("embedded", "postgres", started, stop);
    const failing = lifecycle.starting("embedded", "other", failed, stop);
    await Promise.all([lifecycle.shutdown("test"), expect(failing).rejects.toThrow("ended")]);
    expect(seen).toEqual(["server stops"]);
    expect(exits).toEqual([0]);
  });

  it("runs once, however often it is asked", async () => {
    const { lifecycle, exits } = make();
    const stop = vi.fn();
    lifecycle.onShutdown("work", "w", stop);
    await Promise.all([lifecycle.shutdown("a"), lifecycle.shutdown("b", 1), lifecycle.shutdown("c")]);
    expect(stop).toHaveBeenCalledOnce();
    expect(exits).toEqual([0]);
  });

  it("ends with 1 when the deadline passes", async () => {
    const { lifecycle, exits } = make(1);
    lifecycle.onShutdown("drain", "stuck", () => new Promise(() => undefined));
    void lifecycle.shutdown("test");
    await vi.waitFor(() => expect(exits).toEqual([1]));
  });

  it("shuts down on the first signal and ends at once on the second, but not on the same key's echo", async () => {
    const { lifecycle, exits, host, clock } = make();
    lifecycle.onShutdown("drain", "stuck", () => new Promise(() => undefined));
    const undo = lifecycle.listen(host);
    host.emit("SIGTERM", "SIGTERM");
    expect(lifecycle.signal.aborted).toBe(true);
    clock.now += 100;
    host.emit("SIGTERM", "SIGTERM");
    expect(exits).toEqual([]);
    clock.now += 1_000;
    host.emit("SIGINT", "SIGINT");
    expect(exits).toEqual([1]);
    undo();
    expect(host.eventNames()).toEqual([]);
  });

  it.each(["uncaughtException", "unhandledRejection"])("ends with 1 after an %s", async (event) => {
    const { lifecycle, exits, host, lines } = make();
    lifecycle.listen(host);
    host.emit(event, new Error("oops"));
    await vi.waitFor(() => expect(exits).toEqual([1]));
    expect(lines.join("")).toContain("oops");
  });

  it("removes what others do about uncaught exceptions and keeps its own", () => {
    const { lifecycle, host } = make();
    lifecycle.listen(host);
    const foreign = vi.fn();
    host.on("uncaughtException", foreign);
    lifecycle.removeForeignHandlers(host);
    host.emit("uncaughtException", new Error("oops"));
    expect(foreign).not.toHaveBeenCalled();
    expect(host.listenerCount("uncaughtException")).toBe(1);
    expect(lifecycle.signal.aborted).toBe(true);
  });
});

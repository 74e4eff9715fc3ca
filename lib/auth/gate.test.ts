import { describe, expect, it } from "vitest";
import { Gate } from "./gate";

describe("Gate", () => {
  it("runs no more at once than it may, and all in their order", async () => {
    const gate = new Gate({ parallel: 2, mostWaiting: 100 });
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = (index: number) => async () => {
      begun.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => gate.run(work(index))));
    expect(most).toBe(2);
    expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it("frees the place of a work that fails", async () => {
    const gate = new Gate({ parallel: 1, mostWaiting: 1 });
    const failing = gate.run(() => Promise.reject(new Error("broken")));
    const next = gate.run(() => Promise.resolve("done"));
    await expect(failing).rejects.toThrow("broken");
    expect(await next).toBe("done");
  });

  it("refuses, with the time to wait, when too many wait", async () => {
    const gate = new Gate({ parallel: 1, mostWaiting: 0 });
    const running = gate.run(() => new Promise(setImmediate));
    await expect(gate.run(() => Promise.resolve())).rejects.toMatchObject({
      code: "unavailable",
      retryAfterMs: 2_000,
    });
    await running;
  });
});

import { describe, expect, it, vi } from "vitest";
import { silentLog } from "@/lib/cluster/testing/connect";
import { OperatorDrain } from "./operator-drain";

function createDrain() {
  const done: string[] = [];
  const leaving: (() => void)[] = [];
  const gateway = {
    sockets: () => 1,
    drain: () => {
      done.push("drain");
      return new Promise<void>((resolve) => leaving.push(resolve));
    },
    dropAll: () => void done.push("drop"),
    readmit: () => void done.push("readmit"),
  };
  const drain = new OperatorDrain({ gateway, log: silentLog, noticeMs: 1, withinMs: 1 });
  return { done, drain, everybodyLeft: () => leaving.shift()?.() };
}

describe("OperatorDrain", () => {
  it("is not ready at once, then empties the node once, however often it is told", async () => {
    const { done, drain, everybodyLeft } = createDrain();
    drain.set(true);
    drain.set(true);
    expect(drain.isWished).toBe(true);
    await vi.waitFor(() => expect(done).toEqual(["drain"]));
    everybodyLeft();
    await vi.waitFor(() => expect(done).toEqual(["drain", "drop"]));
  });

  it("cuts nobody off after it was told otherwise", async () => {
    const { done, drain, everybodyLeft } = createDrain();
    drain.set(true);
    await vi.waitFor(() => expect(done).toEqual(["drain"]));
    drain.set(false);
    expect(drain.isWished).toBe(false);
    everybodyLeft();
    drain.set(true);
    await vi.waitFor(() => expect(done).toEqual(["drain", "readmit", "drain"]));
  });

  it("tells nobody to go when it was told otherwise before load balancers noticed", async () => {
    const { done, drain } = createDrain();
    drain.set(true);
    drain.set(false);
    drain.set(true);
    await vi.waitFor(() => expect(done).toEqual(["readmit", "drain"]));
  });
});

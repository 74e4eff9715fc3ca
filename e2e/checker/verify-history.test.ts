import { describe, expect, it } from "vitest";
import { type HistoryEntry, type SendOperation, verifyHistory } from "./verify-history";

function send(
  clientId: string,
  startedAt: number,
  acknowledged?: { at: number; seq: number },
): SendOperation {
  const operation = { conversation: "c", clientId, body: `body of ${clientId}`, startedAt };
  return acknowledged === undefined ? operation : { ...operation, acknowledged };
}

function entry(seq: number, clientId: string): HistoryEntry {
  return { seq, clientId, body: `body of ${clientId}` };
}

const found = (operations: SendOperation[], history: HistoryEntry[]) =>
  verifyHistory(operations, history).map((violation) => violation.invariant);

describe("what a history must be", () => {
  const operations = [send("a", 0, { at: 1, seq: 1 }), send("b", 2, { at: 3, seq: 2 }), send("c", 4)];

  it("accepts a true one, whether an unacknowledged send happened or not", () => {
    expect(found(operations, [entry(1, "a"), entry(2, "b")])).toEqual([]);
    expect(found(operations, [entry(1, "a"), entry(2, "b"), entry(3, "c")])).toEqual([]);
  });

  it("finds a lost acknowledged message", () => {
    expect(found(operations, [entry(1, "a")])).toEqual(["I1"]);
  });

  it("finds a doubled message", () => {
    expect(found(operations, [entry(1, "a"), entry(2, "b"), entry(3, "b")])).toContain("I2");
  });

  it("finds a foreign body", () => {
    expect(found(operations, [entry(1, "a"), { ...entry(2, "b"), body: "other" }])).toEqual(["I3"]);
  });

  it("finds a message that nobody sent", () => {
    expect(found(operations, [entry(1, "a"), entry(2, "b"), entry(3, "x")])).toEqual(["I3"]);
  });

  it("finds a hole in the numbers", () => {
    const late = [send("a", 0, { at: 1, seq: 1 }), send("b", 2, { at: 3, seq: 3 })];
    expect(found(late, [entry(1, "a"), entry(3, "b")])).toEqual(["I4"]);
  });

  it("finds a message before one that was acknowledged earlier", () => {
    const swapped = [send("a", 0, { at: 1, seq: 2 }), send("b", 2, { at: 3, seq: 1 })];
    expect(found(swapped, [entry(1, "b"), entry(2, "a")])).toEqual(["I5"]);
  });
});

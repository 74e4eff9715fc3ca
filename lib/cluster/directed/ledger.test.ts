import { describe, expect, it } from "vitest";
import { ReceiveLedger, SendLedger, SHARED } from "./ledger";

describe("SendLedger", () => {
  it("numbers each stream from 1 and accounts for what is settled", () => {
    const ledger = new SendLedger();
    expect([ledger.next("a"), ledger.next("a"), ledger.next("b"), ledger.next(SHARED)]).toEqual([1, 2, 1, 1]);
    expect(ledger.account()).toEqual({ sent: {}, unrouted: 0 });
    ledger.settle("a", 2);
    ledger.settle("a", 1);
    ledger.settle(SHARED, 1);
    ledger.addUnrouted(3);
    expect(ledger.account()).toEqual({ sent: { a: 2 }, unrouted: 3 });
  });

  it("forgets the nodes that are gone, never the shared stream", () => {
    const ledger = new SendLedger();
    for (const stream of ["a", "b", SHARED]) ledger.settle(stream, ledger.next(stream));
    ledger.keep(new Set(["b"]));
    expect(ledger.account().sent).toEqual({ b: 1 });
    expect(ledger.next(SHARED)).toBe(2);
  });
});

describe("ReceiveLedger", () => {
  it("tells what is next, what came before, and that something is missing", () => {
    const ledger = new ReceiveLedger();
    expect(ledger.receiveOwn("a", 1)).toBe("next");
    expect(ledger.receiveOwn("a", 1)).toBe("repeat");
    expect(ledger.receiveOwn("a", 4)).toBe("gap");
    expect(ledger.receiveOwn("a", 5)).toBe("next");
    expect(ledger.receiveOwn("b", 2)).toBe("gap");
  });

  it("joins in on the shared stream at any number", () => {
    const ledger = new ReceiveLedger();
    expect(ledger.receiveShared("a", 17)).toBe("next");
    expect(ledger.receiveShared("a", 18)).toBe("next");
    expect(ledger.receiveShared("a", 20)).toBe("gap");
  });

  it("knows when a sender has settled more than came, until that is written off", () => {
    const ledger = new ReceiveLedger();
    ledger.receiveOwn("a", 1);
    expect(ledger.lacks("a", 1)).toBe(false);
    expect(ledger.lacks("a", 2)).toBe(true);
    expect(ledger.lacks("b", 1)).toBe(true);
    ledger.writeOff("a", 2);
    expect(ledger.lacks("a", 2)).toBe(false);
    expect(ledger.receiveOwn("a", 3)).toBe("next");
  });

  it("notices when a sender loses messages, not that it has lost some before it was known", () => {
    const ledger = new ReceiveLedger();
    expect(ledger.noteUnrouted("a", 5)).toBe(false);
    expect(ledger.noteUnrouted("a", 5)).toBe(false);
    expect(ledger.noteUnrouted("a", 6)).toBe(true);
    expect(ledger.noteUnrouted("a", 6)).toBe(false);
  });

  it("begins anew with a new stream, and forgets the gone", () => {
    const ledger = new ReceiveLedger();
    ledger.receiveOwn("a", 1);
    ledger.receiveShared("a", 9);
    ledger.restartOwn();
    expect(ledger.receiveOwn("a", 1)).toBe("next");
    expect(ledger.receiveShared("a", 9)).toBe("repeat");
    ledger.keep(new Set());
    expect(ledger.receiveShared("a", 3)).toBe("next");
  });
});

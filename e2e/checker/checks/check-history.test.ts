import { describe, expect, it } from "vitest";
import { checkHistory } from "./check-history";
import { alter, connection, lostSend, message, page, send, soundFinal, soundHistory } from "./sample-history";
import { firstOf, found, LIMITS } from "./spoilt-history";

describe("a sound history", () => {
  it("has no violation", () => {
    expect(found(() => undefined)).toEqual([]);
  });

  it("may hold or lack what was never acknowledged", () => {
    expect(found(({ requests }) => requests.push(lostSend(3, "ben", 300)))).toEqual([]);
  });

  it("may lose a send's first answer and repeat it", () => {
    expect(
      found(({ requests }) => {
        requests[1] = lostSend(2, "ann", 190);
        requests.push(send(2, "ann", 200, { answer: { message: message(2, "ann"), duplicate: true } }));
      }),
    ).toEqual([]);
  });

  it("tells how long arrivals took", () => {
    const { calmMs } = checkHistory(soundHistory(), soundFinal(), LIMITS);
    expect(calmMs).toEqual([10, 10, 10, 10]);
  });
});

describe("I1: what was acknowledged is there", () => {
  it("finds what is missing at the end", () => {
    expect(found(({ requests }) => requests.push(send(3, "ann", 300)))).toContain("I1");
  });

  it("finds what another node did not show at once", () => {
    expect(found(({ requests }) => requests.push(page(250, [message(1, "ann")])))).toEqual(["I1"]);
    expect(found(({ requests }) => requests.push(page(205, [message(1, "ann")])))).toEqual([]);
  });
});

describe("I2: one client id, one message", () => {
  const repeated = (more: Parameters<typeof send>[3]) =>
    found(({ requests }) => requests.push(send(1, "ann", 400, more)));

  it("accepts a repeat that is told as one, and a conflict", () => {
    expect(repeated({ answer: { message: message(1, "ann"), duplicate: true } })).toEqual([]);
    const { answer: _none, ...refused } = send(1, "ann", 400, {
      body: "other",
      outcome: "fail",
      code: "conflict",
    });
    expect(found(({ requests }) => requests.push(refused))).toEqual([]);
  });

  it("finds a second message, a repeat told as new, another body that was accepted", () => {
    expect(repeated({ answer: { message: message(9, "ann", { id: "m9" }), duplicate: false } })).toContain(
      "I2",
    );
    expect(repeated({ answer: { message: message(1, "ann"), duplicate: false } })).toEqual(["I2"]);
    expect(repeated({ body: "other", answer: { message: message(1, "ann"), duplicate: true } })).toEqual([
      "I2",
    ]);
  });

  it("finds the same send twice in the history", () => {
    expect(
      found((_, { readings }) => {
        for (const { user, messages, revs } of readings) {
          messages.push(message(3, "ann", user === "ann" ? { clientId: "c2" } : {}));
          revs.push(3);
        }
      }),
    ).toContain("I2");
  });
});

describe("I3: sent by that sender with that body", () => {
  it("finds another body and another sender", () => {
    const everywhere = (change: object) =>
      found((_, { readings, views }) => {
        for (const { messages } of [...readings, ...views]) Object.assign(firstOf(messages), change);
      });
    expect(everywhere({ body: "forged" })).toEqual(["I3"]);
    expect(everywhere({ sender: "ben" })).toContain("I3");
  });

  it("accepts the body of an edit", () => {
    expect(
      found(({ requests }, { readings, views }) => {
        requests.push({ ...alter(1, "ann", 300, { body: "better", rev: 2 }), body: "better" });
        for (const { messages } of [...readings, ...views]) {
          Object.assign(firstOf(messages), { body: "better", version: 2 });
        }
      }),
    ).toEqual([]);
  });
});

describe("I4 and I6: dense, and the same for all", () => {
  it("finds nodes that tell different histories", () => {
    expect(
      found((_, { readings }) => Object.assign(firstOf(readings[1]?.messages ?? []), { id: "other" })),
    ).toContain("I4");
  });

  it("finds a hole in the revisions", () => {
    expect(found((_, { readings }) => firstOf(readings).revs.splice(0, 2, 1, 3))).toEqual(["I4"]);
  });

  it("finds a page with a hole", () => {
    expect(found(({ requests }) => requests.push(page(300, [message(1, "ann"), message(3, "ann")])))).toEqual(
      ["I4"],
    );
  });

  it("finds a device that skipped a change", () => {
    expect(found((history) => history.applied.splice(2, 1))).toContain("I6");
  });

  it("finds two devices with different changes at one revision", () => {
    expect(found(({ applied }) => Object.assign(applied[3] ?? {}, { seq: 7 }))).toContain("I4");
  });
});

describe("I5: acknowledged before, earlier in the order", () => {
  it("finds a send that began later and stands before", () => {
    expect(
      found(({ requests }) => {
        requests.splice(0, 2, send(1, "ann", 200), send(2, "ann", 100));
      }),
    ).toContain("I5");
  });
});

describe("I7: in time", () => {
  it("finds what came late or never while somebody was connected", () => {
    expect(found(({ applied }) => Object.assign(applied[3] ?? {}, { at: 1_500 }))).toEqual(["I7"]);
    expect(found(({ applied }) => applied.pop())).toEqual(["I7"]);
  });

  it("gives 10 s around a fault of the bus, and no more", () => {
    const withFault = (at: number) =>
      found(({ applied, faults }) => {
        faults.push({ fault: "F6", title: "", from: 0, to: 5_000, impaired: [] });
        Object.assign(applied[3] ?? {}, { at });
      });
    expect(withFault(9_000)).toEqual([]);
    expect(withFault(10_500)).toEqual(["I7"]);
  });

  it("asks nothing of a node that is stopped until it goes on", () => {
    const stoppedUntil = (to: number, at: number) =>
      found(({ applied, faults }) => {
        faults.push({ fault: "F3", title: "", from: 150, to, impaired: ["n2"] });
        Object.assign(applied[3] ?? {}, { at });
      });
    expect(stoppedUntil(40_000, 45_000)).toEqual([]);
    expect(stoppedUntil(20_000, 45_000)).toEqual(["I7"]);
  });

  it("asks nothing for a device that is away", () => {
    expect(
      found(({ applied, connections }) => {
        connections[1] = connection("ben", 0, 150, "n2");
        connections.push(connection("ben", 30_000, 60_000, "n2"));
        Object.assign(applied[3] ?? {}, { at: 30_100 });
      }),
    ).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { alter, connection, message, page, send } from "./sample-history";
import { firstOf, found } from "./spoilt-history";

describe("I8 and I9: cursors", () => {
  it("finds a wrong count", () => {
    expect(found((_, { heads }) => Object.assign(heads[1] ?? {}, { unread: 2 }))).toContain("I8");
  });

  it("finds devices that disagree", () => {
    expect(found((_, { views }) => Object.assign(views[1] ?? {}, { readSeq: 2, unread: 0 }))).toContain("I9");
  });

  it("finds a cursor that fell", () => {
    const { kind: _kind, clientId: _id, body: _body, ...request } = send(2, "ben", 300);
    expect(
      found(({ requests }) =>
        requests.push({ ...request, kind: "read", seq: 2, unread: false, answer: { readSeq: 2 } }),
      ),
    ).toEqual(["I9"]);
  });
});

describe("I10: deleted for ever", () => {
  it("finds a message that came back", () => {
    expect(
      found(({ requests }) =>
        requests.push(
          alter(1, "ann", 300, { deleted: true, body: "" }),
          page(400, [message(1, "ann"), message(2, "ann")]),
        ),
      ),
    ).toContain("I10");
  });

  it("finds a version that fell", () => {
    expect(
      found(({ requests }) =>
        requests.push(
          page(400, [message(1, "ann", { version: 3 }), message(2, "ann")]),
          page(500, [message(1, "ann", { version: 2 }), message(2, "ann")]),
        ),
      ),
    ).toContain("I10");
  });
});

describe("I11: presence", () => {
  const seenAs = (state: "online" | "away" | "offline" | "unknown", at: number) =>
    found(({ presence, connections }) => {
      connections[1] = connection("ben", 0, 20_000, "n2");
      presence.push({ watcher: "ann-1", user: "ben", state, at });
    });

  it("finds somebody offline who is there", () => {
    expect(seenAs("offline", 15_000)).toEqual(["I11"]);
    expect(seenAs("unknown", 15_000)).toEqual([]);
  });

  it("finds somebody away, since none of its clients ever says so", () => {
    expect(seenAs("away", 15_000)).toEqual(["I11"]);
  });

  it("finds a ghost after 35 s, not before", () => {
    expect(seenAs("online", 50_000)).toEqual([]);
    expect(seenAs("online", 56_000)).toEqual(["I11"]);
  });
});

describe("I12: members only", () => {
  const hears = (at: number, ...moves: [joins: boolean, startedAt: number][]) =>
    found(({ heard, requests }) => {
      for (const [joins, startedAt] of moves) {
        const {
          kind: _kind,
          clientId: _id,
          body: _body,
          answer: _answer,
          ...request
        } = send(1, "ann", startedAt);
        requests.push({ ...request, kind: "membership", member: "eve", joins });
      }
      heard.push({ device: "eve-1", user: "eve", conversation: "c", event: "change", at });
    });

  it("finds a stranger who hears", () => {
    expect(hears(500)).toEqual(["I12"]);
  });

  it("lets members hear, and those who were removed for a second", () => {
    expect(hears(500, [true, 400])).toEqual([]);
    expect(hears(1_300, [true, 400], [false, 500])).toEqual([]);
    expect(hears(1_600, [true, 400], [false, 500])).toEqual(["I12"]);
  });
});

describe("I13: revoked", () => {
  it("finds a connection that stayed", () => {
    const revoked = (to: number) =>
      found(({ revocations, connections }) => {
        connections.push({ ...connection("eve", 0, to), device: "eve-1" });
        revocations.push({ user: "eve", at: 1_000, withinMs: 5_000 });
      });
    expect(revoked(5_900)).toEqual([]);
    expect(revoked(6_100)).toEqual(["I13"]);
  });
});

describe("I14: snapshot plus changes", () => {
  it("finds a view that is not what the history says", () => {
    expect(found((_, { views }) => Object.assign(views[1] ?? {}, { rev: 1 }))).toEqual(["I14"]);
    expect(found((_, { views }) => Object.assign(views[1] ?? {}, { unread: 0 }))).toEqual(["I14"]);
    expect(found((_, { views }) => views[1]?.messages.pop())).toEqual(["I14"]);
    expect(
      found((_, { views }) => Object.assign(firstOf(views[1]?.messages ?? []), { body: "stale" })),
    ).toEqual(["I14"]);
  });
});

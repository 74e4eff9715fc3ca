import { describe, expect, it } from "vitest";
import { SHARED } from "./ledger";
import type { Destination, Outgoing } from "./outgoing";
import { namesIn, route } from "./route";

const message = (text: string, to: Destination): Outgoing => ({
  to,
  textFor: (rooms) => `${text}(${rooms?.join() ?? "all"})`,
  isVolatile: false,
  since: 0,
});
const toRooms = (...rooms: string[]): Destination => ({
  kind: "rooms",
  rooms,
  names: rooms.map((room) => `/ ${room}`),
});

function routed(batch: Outgoing[], holders: Record<string, string[]>, isWhole = true) {
  const names = namesIn(batch);
  const located = { holders: names.map((name) => holders[name.slice(2)] ?? []), isWhole };
  const { texts, fallbacks } = route(batch, names, located, "self");
  return { texts: Object.fromEntries(texts), fallbacks };
}

describe("route", () => {
  it("tells each node once, of the rooms that it holds, and this one not at all", () => {
    const batch = [message("m", toRooms("a", "b", "c", "nobody"))];
    const holders = { a: ["one", "self"], b: ["one", "two"], c: ["self"] };
    expect(routed(batch, holders)).toEqual({ texts: { one: ["m(a,b)"], two: ["m(b)"] }, fallbacks: 0 });
  });

  it("keeps the order of the messages for each stream", () => {
    const batch = [
      message("1", toRooms("a")),
      message("2", { kind: "everybody" }),
      message("3", toRooms("a")),
      message("4", { kind: "nodes", nodes: ["one", "two"] }),
      message("5", { kind: "everybody" }),
    ];
    expect(routed(batch, { a: ["one"] }).texts).toEqual({
      one: ["1(a)", "3(a)", "4(all)"],
      two: ["4(all)"],
      [SHARED]: ["2(all)", "5(all)"],
    });
  });

  it("tells all of what is for rooms while nobody knows who holds them", () => {
    const batch = [
      message("1", toRooms("a")),
      message("2", { kind: "everybody" }),
      message("3", { kind: "nodes", nodes: ["one"] }),
    ];
    expect(routed(batch, { a: ["one"] }, false)).toEqual({
      texts: { [SHARED]: ["1(all)", "2(all)"], one: ["3(all)"] },
      fallbacks: 1,
    });
  });

  it("looks every name up once", () => {
    const batch = [message("1", toRooms("a", "b")), message("2", toRooms("b")), message("3", toRooms("c"))];
    expect(namesIn(batch)).toEqual(["/ a", "/ b", "/ c"]);
  });
});

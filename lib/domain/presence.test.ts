import { describe, expect, it } from "vitest";
import { userId } from "@/lib/contract/ids";
import { onlineUsers, presenceOf } from "./presence";

const ada = userId.parse("00000000-0000-4000-8000-00000000000a");
const bob = userId.parse("00000000-0000-4000-8000-00000000000b");
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

describe("presenceOf", () => {
  it("says when somebody was last seen only while they are offline", () => {
    expect(presenceOf(ada, "online", { lastSeenAt: at(0) })).toEqual({ userId: ada, state: "online" });
    expect(presenceOf(ada, "offline", { lastSeenAt: at(0) })).toEqual({
      userId: ada,
      state: "offline",
      lastSeenAt: "2026-01-01T00:00:00.000Z",
    });
    expect(presenceOf(ada, "away", { lastSeenAt: at(0) })).toEqual({ userId: ada, state: "away" });
    expect(presenceOf(ada, "offline", {})).toEqual({ userId: ada, state: "offline" });
  });

  it("is unknown without an account", () => {
    expect(presenceOf(ada, "offline", undefined)).toEqual({ userId: ada, state: "unknown" });
  });

  it("is unknown while it cannot be told", () => {
    expect(presenceOf(ada, undefined, { lastSeenAt: at(0) })).toEqual({ userId: ada, state: "unknown" });
  });
});

describe("onlineUsers", () => {
  const people = new Map([
    [ada, { id: ada, username: "ada", name: "Ada" }],
    [bob, { id: bob, username: "bob", name: "Bob" }],
  ]);

  it("counts tabs as sockets, browsers as devices, and takes the earliest connection", () => {
    const online = onlineUsers(
      [
        { userId: bob, device: undefined, node: "n1", since: at(9) },
        {
          userId: ada,
          device: "phone",
          node: "n2",
          since: at(5),
          program: { browser: "Safari", system: "iPhone" },
        },
        { userId: ada, device: "laptop", node: "n1", since: at(7) },
        { userId: ada, device: "laptop", node: "n1", since: at(3) },
      ],
      people,
    );
    expect(online).toEqual([
      {
        id: ada,
        username: "ada",
        name: "Ada",
        nodes: ["n1", "n2"],
        devices: 2,
        sockets: 3,
        since: at(3).toISOString(),
        connections: [
          { node: "n1", since: at(3).toISOString() },
          { node: "n2", browser: "Safari", system: "iPhone", since: at(5).toISOString() },
          { node: "n1", since: at(7).toISOString() },
        ],
      },
      {
        id: bob,
        username: "bob",
        name: "Bob",
        nodes: ["n1"],
        devices: 1,
        sockets: 1,
        since: at(9).toISOString(),
        connections: [{ node: "n1", since: at(9).toISOString() }],
      },
    ]);
  });

  it("takes every connection without a device as a device of its own, and leaves out who has no account", () => {
    const stranger = userId.parse("00000000-0000-4000-8000-00000000000c");
    const connection = (user: typeof ada) => ({ userId: user, device: undefined, node: "n", since: at(0) });
    const online = onlineUsers([connection(ada), connection(ada), connection(stranger)], people);
    expect(online.map((user) => [user.username, user.devices])).toEqual([["ada", 2]]);
  });

  it("says which connections are idle, and that somebody is away when all are", () => {
    const at0 = { userId: ada, device: undefined, node: "n", since: at(0) };
    const [away] = onlineUsers([{ ...at0, idle: true }], people);
    expect(away).toMatchObject({ away: true, connections: [{ idle: true }] });
    const [here] = onlineUsers(
      [
        { ...at0, idle: true },
        { ...at0, idle: false },
      ],
      people,
    );
    expect(here).not.toHaveProperty("away");
    expect(here?.connections?.map(({ idle }) => idle)).toEqual([true, undefined]);
  });
});

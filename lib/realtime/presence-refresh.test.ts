import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { type UserId, userId } from "@/lib/contract/ids";
import type { Presence } from "@/lib/contract/shapes";
import { PresenceRefresh } from "./presence-refresh";
import { presenceRoom, userRoom } from "./rooms";

function start(watched: readonly UserId[]) {
  const states = new Map<UserId, Presence["state"]>();
  const told: Presence[] = [];
  const asked: number[] = [];
  const refresh = new PresenceRefresh({
    rooms: () => ["a socket's own", userRoom(userId.parse(randomUUID())), ...watched.map(presenceRoom)],
    standingOf: async (users) => {
      asked.push(users.length);
      return users.map((user) => ({ userId: user, state: states.get(user) ?? "offline" }));
    },
    fanOut: { presenceHere: (presence) => told.push(presence) },
  });
  return { refresh, states, told, asked };
}

const someUsers = (count: number) => Array.from({ length: count }, () => userId.parse(randomUUID()));

it("tells each who is watched once, then only what changed", async () => {
  const [ada, bob] = someUsers(2);
  if (ada === undefined || bob === undefined) throw new Error("two are needed");
  const { refresh, states, told } = start([ada, bob]);
  await refresh.look();
  expect(told).toHaveLength(2);
  await refresh.look();
  expect(told).toHaveLength(2);
  states.set(ada, "online");
  await refresh.look();
  expect(told.slice(2)).toEqual([{ userId: ada, state: "online" }]);
});

it("tells everything again when something may have been missed", async () => {
  const { refresh, told } = start(someUsers(3));
  await refresh.look();
  refresh.mistrust();
  await refresh.look();
  expect(told).toHaveLength(6);
});

it("asks about many in parts", async () => {
  const { refresh, asked } = start(someUsers(2_500));
  await refresh.look();
  expect(asked).toEqual([1_000, 1_000, 500]);
});

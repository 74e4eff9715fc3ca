import { expect, it } from "vitest";
import { type Standing, together } from "@/lib/domain/standing";
import { PresenceNews } from "./presence-news";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Two nodes that hold one user, and what others see of them: announced when the test says so. */
function startTwo(from: [Standing, Standing]) {
  const here: [Standing, Standing] = [...from];
  const seen: [Standing, Standing] = [...from];
  const told: Standing[] = [];
  const errors: unknown[] = [];
  const state = { isWhole: true, fails: false };
  const news = ([0, 1] as const).map(
    (own) =>
      new PresenceNews({
        here: () => here[own],
        async elsewhere(users) {
          if (state.fails) throw new Error("Redis does not answer");
          return { standings: users.map(() => seen[own === 0 ? 1 : 0]), isWhole: state.isWhole };
        },
        tell: (_user, standing) => told.push(standing),
        onError: (error) => errors.push(error),
      }),
  );
  const move = (node: 0 | 1, to: Standing) => {
    news[node]?.moved("ada", here[node]);
    here[node] = to;
  };
  const announce = async (node: 0 | 1, ...others: string[]) => {
    seen[node] = here[node];
    news[node]?.announced(["ada", ...others]);
    await settle();
  };
  return { news, told, errors, state, move, announce };
}

const STANDINGS: Standing[] = ["offline", "away", "online"];

it("tells what a change on one node makes of both, and nothing when it makes no difference", async () => {
  for (const other of STANDINGS) {
    for (const before of STANDINGS) {
      for (const after of STANDINGS) {
        const { told, move, announce } = startTwo([before, other]);
        move(0, after);
        await announce(0);
        const now = together(after, other);
        expect(told).toEqual(now === together(before, other) ? [] : [now]);
      }
    }
  }
});

it("has the later one of two tell, when both stand worse at the same time", async () => {
  const { told, move, announce } = startTwo(["online", "online"]);
  move(0, "away");
  move(1, "offline");
  await announce(1);
  expect(told).toEqual([]);
  await announce(0);
  expect(told).toEqual(["away"]);
});

it("takes several changes before they are announced as one", async () => {
  const { told, move, announce } = startTwo(["online", "away"]);
  move(0, "away");
  move(0, "offline");
  await announce(0, "somebody who did not move");
  expect(told).toEqual(["away"]);
  await announce(0);
  expect(told).toEqual(["away"]);
});

it("claims nothing while somebody may be active where it is not known, and goes on after a failure", async () => {
  const { told, errors, state, move, announce } = startTwo(["online", "away"]);
  state.isWhole = false;
  move(0, "away");
  await announce(0);
  expect(told).toEqual([]);
  move(0, "online");
  await announce(0);
  expect(told).toEqual(["online"]);
  state.fails = true;
  move(0, "away");
  await announce(0);
  expect(errors).toHaveLength(1);
  Object.assign(state, { fails: false, isWhole: true });
  move(0, "online");
  move(0, "offline");
  await announce(0);
  expect(told).toEqual(["online", "away"]);
});

it("tells of an arrival once, and of nobody who is only announced anew", async () => {
  const { news, told, move, announce } = startTwo(["offline", "offline"]);
  expect(news[0]?.takeArrival("ada")).toBe(false);
  move(0, "online");
  expect(news[0]?.takeArrival("ada")).toBe(true);
  expect(news[0]?.takeArrival("ada")).toBe(false);
  await announce(0);
  expect(told).toEqual([]);
});

it("looks again at who was on a node that is gone", async () => {
  const { news, told } = startTwo(["away", "away"]);
  news[0]?.doubt(["ada"]);
  await settle();
  expect(told).toEqual(["away"]);
});

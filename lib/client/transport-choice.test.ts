import { expect, it } from "vitest";
import { createFakeClock } from "./testing/fake-clock";
import { createTransportChoice } from "./transport-choice";

const MINUTE = 60_000;

function start() {
  const time = createFakeClock();
  let retries = 0;
  const choice = createTransportChoice(time.clock, () => {
    retries += 1;
  });
  const live = async (milliseconds: number, meant = false) => {
    choice.webSocketOpened();
    await time.pass(milliseconds);
    choice.over(meant);
  };
  const usesWebSockets = () => choice.next(0).transports.includes("websocket") && choice.next(0).upgrade;
  return { time, choice, live, usesWebSockets, retries: () => retries };
}

it("goes the other way round with every other try", () => {
  const { choice } = start();
  const first = [0, 1, 2].map((attempt) => choice.next(attempt).transports[0]);
  expect(first).toEqual(["websocket", "polling", "websocket"]);
});

it("does without WebSockets after two short lives in a row, for five minutes", async () => {
  const { time, choice, live, usesWebSockets, retries } = start();
  await live(100);
  expect(usesWebSockets()).toBe(true);
  await live(4_000);
  expect(choice.next(0)).toEqual({ transports: ["polling"], upgrade: false });
  await time.pass(5 * MINUTE - 1);
  expect([usesWebSockets(), retries()]).toEqual([false, 0]);
  await time.pass(1);
  expect([usesWebSockets(), retries()]).toEqual([true, 1]);
});

it("does without them for longer each time that one ends as soon, an hour at most", async () => {
  const { time, live, usesWebSockets } = start();
  await live(100);
  for (const minutes of [5, 10, 20, 40, 60, 60]) {
    await live(100);
    await time.pass(minutes * MINUTE - 1);
    expect(usesWebSockets()).toBe(false);
    await time.pass(1);
    expect(usesWebSockets()).toBe(true);
  }
  await live(5_000);
  await live(100);
  expect(usesWebSockets()).toBe(true);
  await live(100);
  await time.pass(5 * MINUTE);
  expect(usesWebSockets()).toBe(true);
});

it("blames nothing on the way for what lasted, was meant, or never opened", async () => {
  const { choice, live, usesWebSockets } = start();
  for (let times = 0; times < 5; times += 1) {
    await live(100);
    await live(5_000);
    await live(100, true);
    choice.over(false);
  }
  expect(usesWebSockets()).toBe(true);
});

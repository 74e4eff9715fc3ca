import { describe, expect, it } from "vitest";
import { createIdleness } from "./idleness";
import { createFakeClock } from "./testing/fake-clock";
import { createScriptedCall } from "./testing/scripted-call";

const MINUTE_MS = 60_000;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;

function start({ isBrowser = true } = {}) {
  const time = createFakeClock();
  const { call, asked } = createScriptedCall();
  const state = { connected: true, watched: 0, sign: (): void => undefined };
  const idleness = createIdleness({
    clock: time.clock,
    call,
    isConnected: () => state.connected,
    watch(sign) {
      if (!isBrowser) return undefined;
      state.sign = sign;
      state.watched += 1;
      return () => {
        state.watched -= 1;
      };
    },
  });
  idleness.handshake();
  idleness.start();
  const said = () => asked.map(({ event, payload }) => [event, payload]);
  return { time, asked, said, state, idleness };
}

const idle = ["presence:set", { idle: true }];
const active = ["presence:set", { idle: false }];

describe("a page", () => {
  it("says once that nobody is there after five minutes without a sign, and at once that somebody is back", async () => {
    const { time, asked, said, state } = start();
    await time.pass(4 * MINUTE_MS);
    for (let signs = 0; signs < 1_000; signs += 1) state.sign();
    await time.pass(FIVE_MINUTES_MS - 1);
    expect(said()).toEqual([]);
    await time.pass(1);
    expect(said()).toEqual([idle]);
    asked[0]?.answer({});
    await time.pass(10 * FIVE_MINUTES_MS);
    expect(said()).toEqual([idle]);
    for (let signs = 0; signs < 1_000; signs += 1) state.sign();
    await time.pass(0);
    expect(said()).toEqual([idle, active]);
    asked[1]?.answer({});
    await time.pass(FIVE_MINUTES_MS);
    expect(said()).toEqual([idle, active, idle]);
  });

  it("says what is true when the answer comes, when that changed meanwhile", async () => {
    const { time, asked, said, state } = start();
    await time.pass(FIVE_MINUTES_MS);
    state.sign();
    await time.pass(0);
    expect(said()).toEqual([idle]);
    asked[0]?.answer({});
    await time.pass(0);
    expect(said()).toEqual([idle, active]);
  });

  it("asks again what was refused for the moment, and not what the node does not know", async () => {
    const { time, asked, said } = start();
    await time.pass(FIVE_MINUTES_MS);
    asked[0]?.refuse({ code: "rate_limited", message: "", retryAfterMs: 300 });
    await time.pass(300);
    expect(said()).toEqual([idle, idle]);
    asked[1]?.refuse({ code: "bad_request", message: "There is no such event." });
    await time.pass(FIVE_MINUTES_MS);
    expect(said()).toHaveLength(2);
  });

  it("says it in the handshake when it connects anew, and what changed since right after", async () => {
    const { time, said, state, idleness } = start();
    state.connected = false;
    await time.pass(FIVE_MINUTES_MS);
    expect(said()).toEqual([]);
    expect(idleness.handshake()).toEqual({ idle: true });
    state.connected = true;
    idleness.connected();
    expect(said()).toEqual([]);
    state.connected = false;
    expect(idleness.handshake()).toEqual({ idle: true });
    state.sign();
    state.connected = true;
    idleness.connected();
    expect(said()).toEqual([active]);
    expect(idleness.handshake()).toEqual({});
  });

  it("watches no longer once it is stopped", () => {
    const { state, idleness } = start();
    expect(state.watched).toBe(1);
    idleness.stop();
    expect(state.watched).toBe(0);
  });
});

it("is never idle where no person is to be seen", async () => {
  const { time, said, idleness } = start({ isBrowser: false });
  await time.pass(10 * FIVE_MINUTES_MS);
  expect(said()).toEqual([]);
  expect(idleness.handshake()).toEqual({});
});

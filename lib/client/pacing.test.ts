import { describe, expect, it } from "vitest";
import { ConversationModel, personOf } from "@/lib/domain/testing/conversation-model";
import { createDeliveries } from "./deliveries";
import { createPublisher } from "./frame";
import { createPatientCall } from "./patient-call";
import { createPresenceWatch } from "./presence-watch";
import { createSynchronizer } from "./synchronizer";
import { createFakeClock } from "./testing/fake-clock";
import { createScriptedCall } from "./testing/scripted-call";

const conversation = new ConversationModel(2).id;
const payloads = (asked: { payload: unknown }[]) => asked.map(({ payload }) => payload);

function start() {
  const time = createFakeClock();
  const { call, asked } = createScriptedCall();
  const state = { connected: true, readSeq: 0 };
  return {
    time,
    call,
    asked,
    state,
    options: { clock: time.clock, call, isConnected: () => state.connected },
  };
}

describe("deliveries", () => {
  it("tell of many messages once, and only of what was not told or read", async () => {
    const { time, asked, state, options } = start();
    const deliveries = createDeliveries({ ...options, readSeq: () => state.readSeq });
    for (let seq = 1; seq <= 20; seq += 1) deliveries.note(conversation, seq);
    await time.pass(50);
    expect(payloads(asked)).toEqual([{ conversationId: conversation, seq: 20 }]);
    deliveries.note(conversation, 22);
    asked[0]?.answer({});
    await time.pass(0);
    expect(payloads(asked)).toEqual([expect.anything(), { conversationId: conversation, seq: 22 }]);
    asked[1]?.answer({});
    await time.pass(0);
    deliveries.note(conversation, 22);
    state.readSeq = 30;
    deliveries.note(conversation, 30);
    await time.pass(1_000);
    expect(asked).toHaveLength(2);
  });

  it("wait for the connection, and try again what was not answered", async () => {
    const { time, asked, state, options } = start();
    const deliveries = createDeliveries({ ...options, readSeq: () => 0 });
    state.connected = false;
    deliveries.note(conversation, 5);
    await time.pass(1_000);
    expect(asked).toEqual([]);
    state.connected = true;
    deliveries.flush();
    await time.pass(0);
    asked[0]?.refuse({ code: "rate_limited", message: "", retryAfterMs: 1_000 });
    await time.pass(1_000);
    expect(asked).toHaveLength(2);
  });
});

describe("the presence watch", () => {
  const people = [1, 2, 3].map((n) => personOf(n).id);

  it("asks for everybody in view at once, again when that changes, and for as many as the server allows", async () => {
    const { time, asked, options } = start();
    const presence = createPresenceWatch(options);
    const stops = people.map((id) => presence.store(id).subscribe(() => undefined));
    presence.store(people[0] ?? conversationless()).subscribe(() => undefined);
    await time.pass(50);
    expect(payloads(asked)).toEqual([{ userIds: people }]);
    asked[0]?.answer({ presence: [{ userId: people[1], state: "online" }] });
    await time.pass(0);
    expect(presence.store(people[1] ?? conversationless()).get()?.state).toBe("online");
    stops[1]?.();
    await time.pass(2_000);
    expect(payloads(asked)[1]).toEqual({ userIds: [people[0], people[2]] });
    for (let n = 10; n < 610; n += 1) presence.store(personOf(n).id).subscribe(() => undefined);
    await time.pass(50);
    expect(Object(payloads(asked)[2]).userIds).toHaveLength(500);
    expect(Object(payloads(asked)[2]).userIds.at(-1)).toBe(personOf(609).id);
  });

  it("forgets what it knows when the connection stays away", async () => {
    const { time, asked, options, call } = start();
    const presence = createPresenceWatch(options);
    const [one] = people;
    const store = presence.store(one ?? conversationless());
    store.subscribe(() => undefined);
    await time.pass(50);
    asked[0]?.answer({ presence: [{ userId: one, state: "online" }] });
    await time.pass(0);
    presence.lost();
    await time.pass(5_000);
    void presence.renew(call);
    await time.pass(6_000);
    expect(store.get()?.state).toBe("online");
    presence.lost();
    await time.pass(10_000);
    expect(store.get()).toBeUndefined();
  });
});

function conversationless(): never {
  throw new Error("There is nobody.");
}

describe("the synchronizer", () => {
  function synchronize() {
    const { time, asked, state, options } = start();
    const taken: unknown[] = [];
    let refusals = 0;
    const synchronizer = createSynchronizer({
      ...options,
      begin: () => (snapshot) => taken.push(snapshot),
      refused: () => {
        refusals += 1;
      },
    });
    return { time, asked, state, taken, synchronizer, refusals: () => refusals };
  }

  it("asks at once after a connect, until there is an answer", async () => {
    const { time, asked, taken, synchronizer } = synchronize();
    synchronizer.connected();
    asked[0]?.refuse({ code: "unavailable", message: "", retryAfterMs: 500 });
    await time.pass(500);
    asked[1]?.answer({ epoch: "1" });
    await time.pass(60_000);
    expect(asked).toHaveLength(2);
    expect(taken).toEqual([{ ok: true, epoch: "1" }]);
  });

  it("takes only the answer to its latest question", async () => {
    const { time, asked, taken, synchronizer } = synchronize();
    synchronizer.connected();
    synchronizer.connected();
    asked[0]?.answer({ epoch: "old" });
    asked[1]?.answer({ epoch: "new" });
    await time.pass(0);
    expect(taken).toEqual([{ ok: true, epoch: "new" }]);
  });

  it("spreads what is asked for again, and asks once for many reasons", async () => {
    const { time, asked, synchronizer } = synchronize();
    time.dice = 0.5;
    synchronizer.soon(1_000);
    synchronizer.soon(1_000);
    await time.pass(499);
    expect(asked).toEqual([]);
    await time.pass(5_000);
    expect(asked).toHaveLength(1);
  });

  it("says so when the session is nobody's", async () => {
    const { time, asked, synchronizer, refusals } = synchronize();
    synchronizer.connected();
    asked[0]?.refuse({ code: "unauthenticated", message: "" });
    await time.pass(60_000);
    expect(refusals()).toBe(1);
    expect(asked).toHaveLength(1);
  });
});

describe("a patient call", () => {
  it("asks again while the server is away, for some seconds, and no longer", async () => {
    const { time, call, asked } = start();
    const patient = createPatientCall(call, time.clock);
    const answer = patient("message:delete", { conversationId: conversation, seq: 1 });
    for (let n = 0; n < 40 && asked[n] !== undefined; n += 1) {
      asked[n]?.refuse({ code: "unavailable", message: "" });
      await time.pass(1_000);
      await time.pass(2_000);
    }
    expect(await answer).toMatchObject({ ok: false, error: { code: "unavailable" } });
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThan(10);
  });
});

describe("a publisher", () => {
  it("publishes once a frame what changed since the last one", () => {
    const frames: (() => void)[] = [];
    const published: string[][] = [];
    const changed = createPublisher<string>(
      (work) => frames.push(work),
      (keys) => published.push([...keys]),
    );
    for (let n = 0; n < 500; n += 1) changed(n % 2 === 0 ? "a" : "b");
    expect(frames).toHaveLength(1);
    frames[0]?.();
    changed("c");
    frames[1]?.();
    expect(published).toEqual([["a", "b"], ["c"]]);
  });
});

import { describe, expect, it } from "vitest";
import { ConversationModel, personOf } from "@/lib/domain/testing/conversation-model";
import { createMemoryStorage } from "./memory-storage";
import { createOutbox } from "./outbox";
import type { ClientStorage } from "./storage";
import type { TabMessage } from "./tab-channel";
import { createFakeClock } from "./testing/fake-clock";
import { createScriptedCall } from "./testing/scripted-call";

const user = personOf(0).id;
const conversation = new ConversationModel(2).id;

function start(storage: ClientStorage = createMemoryStorage()) {
  const time = createFakeClock();
  const { call, asked } = createScriptedCall();
  const state = { connected: true, applied: 0 };
  const posted: TabMessage[] = [];
  const outbox = createOutbox({
    user,
    storage,
    clock: time.clock,
    call,
    isConnected: () => state.connected,
    post: (message) => posted.push(structuredClone(message)),
    changed: () => undefined,
    isApplied: (_conversation, rev) => rev <= state.applied,
  });
  const waiting = () => outbox.waiting(conversation).map(({ body, state: is }) => `${is} ${body}`);
  return { time, asked, state, posted, outbox, storage, waiting };
}

const bodies = (asked: { payload: unknown }[]) => asked.map(({ payload }) => Object(payload).body);
const accept = (rev: number) => ({ message: { rev }, duplicate: false });

describe("the outbox", () => {
  it("writes a message down before it is sent", async () => {
    const memory = createMemoryStorage();
    const writes: (() => void)[] = [];
    const putInOutbox = () => new Promise<void>((resolve) => writes.push(resolve));
    const slow = { ...memory, putInOutbox };
    const { time, asked, outbox, waiting } = start(slow);
    outbox.send(conversation, "a");
    expect(waiting()).toEqual(["pending a"]);
    await time.pass(1_000);
    expect(asked).toEqual([]);
    writes[0]?.();
    await time.pass(0);
    expect(bodies(asked)).toEqual(["a"]);
  });

  it("sends the next message of a conversation when the one before was answered, and not earlier", async () => {
    const { time, asked, outbox, waiting, storage } = start();
    for (const body of ["a", "b", "c"]) outbox.send(conversation, body);
    await time.pass(0);
    expect(bodies(asked)).toEqual(["a"]);
    asked[0]?.answer(accept(1));
    await time.pass(0);
    expect(bodies(asked)).toEqual(["a", "b"]);
    expect(waiting()).toEqual(["pending a", "pending b", "pending c"]);
    outbox.reached(conversation, 1);
    expect(waiting()).toEqual(["pending b", "pending c"]);
    expect((await storage.outbox(user)).map(({ body }) => body)).toEqual(["b", "c"]);
  });

  it("sends again with the same id: after the time the server names, or soon when there was no answer", async () => {
    const { time, asked, outbox } = start();
    outbox.send(conversation, "a");
    await time.pass(0);
    asked[0]?.refuse({ code: "rate_limited", message: "", retryAfterMs: 3_000 });
    await time.pass(2_999);
    expect(asked).toHaveLength(1);
    await time.pass(1);
    asked[1]?.refuse({ code: "unavailable", message: "no answer" });
    await time.pass(600);
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ payload }) => Object(payload).clientId)).size).toBe(1);
  });

  it("goes on with the next message after one that was refused for good", async () => {
    const { time, asked, outbox, waiting, storage } = start();
    outbox.send(conversation, "a");
    outbox.send(conversation, "b");
    await time.pass(0);
    asked[0]?.refuse({ code: "too_large", message: "" });
    await time.pass(0);
    expect(waiting()).toEqual(["failed a", "pending b"]);
    expect(bodies(asked)).toEqual(["a", "b"]);
    expect((await storage.outbox(user))[0]).toMatchObject({ state: "failed", error: { code: "too_large" } });
  });

  it("waits while there is no connection, and for its end when nobody is signed in", async () => {
    const { time, asked, state, outbox, waiting } = start();
    state.connected = false;
    outbox.send(conversation, "a");
    await time.pass(60_000);
    expect(asked).toEqual([]);
    state.connected = true;
    outbox.flush();
    await time.pass(0);
    asked[0]?.refuse({ code: "unauthenticated", message: "" });
    await time.pass(0);
    expect(waiting()).toEqual(["pending a"]);
  });

  it("finds what an earlier visit left, before what is typed now", async () => {
    const earlier = start();
    earlier.state.connected = false;
    earlier.outbox.send(conversation, "earlier");
    await earlier.time.pass(0);
    const now = start(earlier.storage);
    await now.time.pass(1_000);
    void now.outbox.load();
    now.outbox.send(conversation, "now");
    await now.time.pass(0);
    expect(bodies(now.asked)).toEqual(["earlier"]);
    expect(now.waiting()).toEqual(["pending earlier", "pending now"]);
  });

  it("takes over from a tab that does not get on with it, and not before", async () => {
    const writer = start();
    writer.state.connected = false;
    writer.outbox.send(conversation, "a");
    await writer.time.pass(0);
    const { time, asked, outbox, waiting } = start(writer.storage);
    for (const message of writer.posted) outbox.hear(message);
    expect(waiting()).toEqual(["pending a"]);
    await time.pass(4_900);
    expect(asked).toEqual([]);
    await time.pass(5_000);
    expect(bodies(asked)).toEqual(["a"]);
  });

  it("hears from another tab that a message was sent, and shows it until its change is here", async () => {
    const writer = start();
    const reader = start(writer.storage);
    writer.outbox.send(conversation, "a");
    await writer.time.pass(0);
    writer.asked[0]?.answer(accept(7));
    await writer.time.pass(0);
    for (const message of writer.posted) reader.outbox.hear(message);
    expect(reader.waiting()).toEqual(["pending a"]);
    reader.outbox.reached(conversation, 6);
    expect(reader.waiting()).toEqual(["pending a"]);
    reader.outbox.reached(conversation, 7);
    expect(reader.waiting()).toEqual([]);
    await reader.time.pass(60_000);
    expect(reader.asked).toEqual([]);
  });

  it("lets go of a message when its change comes before the answer, for good", async () => {
    const { time, asked, posted, outbox, waiting, storage } = start();
    outbox.send(conversation, "a");
    await time.pass(0);
    const model = new ConversationModel(2);
    const change = model.take({ do: "send", by: 0 });
    const [put] = posted;
    if (change?.message === undefined || put?.kind !== "put") throw new Error("nothing was sent");
    outbox.settle({ ...change, message: { ...change.message, clientId: put.entry.clientId } });
    expect(waiting()).toEqual([]);
    outbox.hear(put);
    expect(waiting()).toEqual([]);
    asked[0]?.answer(accept(1));
    await time.pass(0);
    expect(waiting()).toEqual([]);
    expect(await storage.outbox(user)).toEqual([]);
  });
});

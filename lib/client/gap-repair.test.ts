import { describe, expect, it } from "vitest";
import type { Change } from "@/lib/contract/shapes";
import { createChangeSequence } from "@/lib/domain/gap";
import { ConversationModel } from "@/lib/domain/testing/conversation-model";
import { createGapRepair } from "./gap-repair";
import { createFakeClock } from "./testing/fake-clock";
import { createScriptedCall } from "./testing/scripted-call";

function start(changes: number) {
  const model = new ConversationModel(2);
  const sent = Array.from({ length: changes }, (_, n) => model.take({ do: "send", by: n }));
  const time = createFakeClock();
  const { call, asked } = createScriptedCall();
  const sequence = createChangeSequence(0);
  const applied: number[] = [];
  const state = { connected: true, voids: 0 };
  const apply = (list: readonly Change[]) => {
    for (const change of list) for (const due of sequence.offer(change)) applied.push(due.rev);
  };
  const gap = createGapRepair({
    conversation: model.id,
    clock: time.clock,
    call,
    isConnected: () => state.connected,
    isMissing: () => sequence.missing,
    applied: () => sequence.applied,
    take: (list, lastRev) => {
      apply(list);
      sequence.expect(lastRev);
    },
    void: () => {
      state.voids += 1;
      sequence.forgetMissing();
    },
  });
  const arrive = (...revs: number[]) => {
    for (const rev of revs)
      apply(sent.filter((change) => change !== undefined && change.rev === rev).flatMap((c) => c ?? []));
    gap.check();
  };
  return { model, time, asked, arrive, applied, state, gap };
}

describe("a gap", () => {
  it("that closes by itself within half a second costs no question", async () => {
    const { time, asked, arrive, applied } = start(3);
    arrive(1, 3);
    await time.pass(499);
    expect(asked).toEqual([]);
    arrive(2);
    await time.pass(5_000);
    expect(asked).toEqual([]);
    expect(applied).toEqual([1, 2, 3]);
  });

  it("is asked for after half a second, also when more changes come meanwhile", async () => {
    const { model, time, asked, arrive, applied } = start(9);
    arrive(1, 3);
    await time.pass(300);
    arrive(5);
    await time.pass(199);
    expect(asked).toEqual([]);
    await time.pass(1);
    expect(asked).toMatchObject([{ event: "conversation:changes", payload: { afterRev: 1, limit: 500 } }]);
    asked[0]?.answer(model.changes(1, 4));
    await time.pass(0);
    expect(applied).toEqual([1, 2, 3, 4, 5]);
    expect(asked[1]).toMatchObject({ payload: { afterRev: 5 } });
    asked[1]?.answer(model.changes(5));
    await time.pass(5_000);
    expect(applied).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(asked).toHaveLength(2);
  });

  it("is asked for again after the time that the server names", async () => {
    const { time, asked, arrive } = start(3);
    arrive(3);
    await time.pass(500);
    asked[0]?.refuse({ code: "unavailable", message: "", retryAfterMs: 2_000 });
    await time.pass(1_999);
    expect(asked).toHaveLength(1);
    await time.pass(1);
    expect(asked).toHaveLength(2);
  });

  it("that the server knows nothing of makes everything start over, once", async () => {
    const { time, asked, arrive, state } = start(3);
    arrive(3);
    await time.pass(500);
    asked[0]?.answer({ changes: [], lastRev: 0, hasMore: false, reset: true });
    await time.pass(10_000);
    expect(state.voids).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it("waits while there is no connection, and is closed at once after it", async () => {
    const { time, asked, arrive, state, gap } = start(3);
    state.connected = false;
    arrive(3);
    await time.pass(5_000);
    expect(asked).toEqual([]);
    state.connected = true;
    gap.now();
    await time.pass(0);
    expect(asked).toHaveLength(1);
  });
});

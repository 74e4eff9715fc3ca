import { describe, expect, it } from "vitest";
import { me, startReplica } from "./testing/replica-rig";

describe("a replica", () => {
  it("goes on from a head without fetching what only a list shows", async () => {
    const { model, time, replica, sendUnheard, say } = startReplica();
    sendUnheard(5);
    replica.takeHead(model.head(me));
    say(2);
    await time.pass(5_000);
    expect(replica.head.told).toMatchObject({ lastSeq: 7, lastRev: 7 });
    expect(replica.timeline).toBeUndefined();
  });

  it("loads a timeline anew when it missed more than is worth fetching", async () => {
    const { model, time, replica, applied, sendUnheard, look } = startReplica();
    replica.takeHead(model.head(me));
    const timeline = await look();
    sendUnheard(1_200);
    replica.takeHead(model.head(me));
    await time.pass(5_000);
    expect(timeline.stretch.at(-1)?.seq).toBe(1_200);
    expect(applied).toEqual([]);
    expect(replica.rev).toBe(1_200);
  });

  it("hears of changes that never came when it fetches those before them", async () => {
    const { model, time, replica, applied, look } = startReplica();
    replica.takeHead(model.head(me));
    await look();
    model.take({ do: "send", by: 1 });
    const second = model.take({ do: "send", by: 1 });
    if (second !== undefined) replica.takeChange(second);
    for (let n = 0; n < 700; n += 1) model.take({ do: "send", by: 1 });
    await time.pass(2_000);
    expect(applied).toEqual(Array.from({ length: 702 }, (_, n) => n + 1));
  });

  it("mends a page that was read before changes which were applied while it was on its way", async () => {
    const { model, time, state, replica, take, sendUnheard } = startReplica();
    sendUnheard(150);
    replica.takeHead(model.head(me));
    state.delay = 100;
    const timeline = replica.openTimeline();
    timeline.subscribe(() => undefined);
    await time.pass(150);
    take({ do: "delete", pick: 149 });
    take({ do: "send", by: 1 });
    await time.pass(200);
    expect(timeline.stretch.at(-2)?.body).toBe("");
    expect(timeline.stretch).toEqual(model.messages.slice(-timeline.stretch.length));
  });

  it("fetches what a head tells of while the first page is on its way", async () => {
    const { model, time, state, replica, sendUnheard } = startReplica();
    sendUnheard(20);
    replica.takeHead(model.head(me));
    state.delay = 100;
    const timeline = replica.openTimeline();
    timeline.subscribe(() => undefined);
    await time.pass(150);
    model.take({ do: "edit", pick: 5 });
    replica.takeHead(model.head(me));
    await time.pass(2_000);
    expect(timeline.stretch).toEqual(model.messages);
  });

  it("asks for a snapshot when changes come of a conversation that it has no head of", async () => {
    const { model, time, state, replica } = startReplica();
    model.take({ do: "send", by: 0 });
    const change = model.take({ do: "send", by: 1 });
    if (change !== undefined) replica.takeChange(change);
    await time.pass(499);
    expect(state.lost).toBe(0);
    await time.pass(1);
    expect(state.lost).toBe(1);
    replica.takeHead(model.head(me));
    expect(replica.rev).toBe(2);
  });

  it("keeps at most 2,000 messages, those at the end that is read", async () => {
    const { model, time, replica, sendUnheard, say, look } = startReplica();
    sendUnheard(2_500);
    replica.takeHead(model.head(me));
    const timeline = await look();
    const range = () => [timeline.stretch[0]?.seq, timeline.stretch.at(-1)?.seq];
    for (let n = 0; n < 25; n += 1) {
      timeline.loadOlder();
      await time.pass(100);
    }
    expect(range()).toEqual([1, 2_000]);
    say(3);
    expect(range()).toEqual([1, 2_000]);
    timeline.publish();
    expect(timeline.get().hasNewer).toBe(true);
    for (let n = 0; n < 6; n += 1) {
      timeline.loadNewer();
      await time.pass(100);
    }
    expect(range()).toEqual([504, 2_503]);
    say(2);
    expect(range()).toEqual([506, 2_505]);
  });

  it("keeps less while nobody looks", async () => {
    const { model, time, replica, sendUnheard, say } = startReplica();
    sendUnheard(300);
    replica.takeHead(model.head(me));
    const timeline = replica.openTimeline();
    const stop = timeline.subscribe(() => undefined);
    await time.pass(1_000);
    timeline.loadOlder();
    timeline.jumpToLatest();
    await time.pass(1_000);
    stop();
    say(400);
    expect(timeline.stretch).toHaveLength(200);
    expect(timeline.stretch.at(-1)?.seq).toBe(700);
  });

  it("shows what an earlier visit kept, and makes it the truth", async () => {
    const { model, time, state, replica, sendUnheard } = startReplica();
    sendUnheard(10);
    const kept = {
      conversationId: model.id,
      rev: 10,
      messages: model.messages.slice(4),
      savedAt: 0,
      epoch: "1",
    };
    model.take({ do: "delete", pick: 8 });
    model.take({ do: "send", by: 1 });
    state.connected = false;
    replica.takeHead(model.head(me));
    const timeline = replica.openTimeline();
    timeline.subscribe(() => undefined);
    replica.restore({ ...kept, epoch: "another" });
    expect(timeline.stretch).toEqual([]);
    replica.restore(kept);
    expect(timeline.stretch).toEqual(kept.messages);
    state.connected = true;
    replica.takeHead(model.head(me));
    replica.repair();
    await time.pass(1_000);
    expect(timeline.stretch).toEqual(model.messages.slice(4));
  });
});

describe("the read cursor of a head", () => {
  it("does not go back on old news, and does when the server says so", async () => {
    const { model, time, replica, say } = startReplica();
    replica.takeHead(model.head(me));
    say(10);
    model.readSeq.set(me, 2);
    const old = model.head(me);
    model.readSeq.set(me, 5);
    replica.takeHead(model.head(me));
    replica.takeHead(old);
    expect(replica.head.told?.readSeq).toBe(5);
    await time.pass(1_000);
    expect(replica.head.told).toEqual({ ...model.head(me), receipts: [] });

    model.readSeq.set(me, 3);
    replica.takeHead(model.head(me));
    expect(replica.head.told?.readSeq).toBe(5);
    await time.pass(1_000);
    expect(replica.head.told).toEqual(model.head(me));
  });

  it("is taken from a head that changes overtook on its way", async () => {
    const { model, replica, say } = startReplica();
    replica.takeHead(model.head(me));
    say(4);
    model.readSeq.set(me, 4);
    const overtaken = model.head(me);
    say(3);
    replica.takeHead(overtaken);
    expect(replica.head.told).toEqual(model.head(me));
  });

  it("shows what was read here before the server knows", () => {
    const { model, replica, say } = startReplica();
    replica.takeHead(model.head(me));
    say(6);
    replica.head.readTarget = 6;
    expect(replica.head.shown).toMatchObject({ readSeq: 6, unread: 0 });
    expect(replica.head.shown).toBe(replica.head.shown);
    expect(replica.head.told).toMatchObject({ readSeq: 0 });
    say(3);
    expect(replica.head.shown?.unread).toBe(2);
    model.readSeq.set(me, 6);
    replica.takeHead(model.head(me));
    expect(replica.head.readTarget).toBeUndefined();
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Head } from "@/lib/contract/shapes";
import type { Step } from "@/lib/domain/testing/conversation-model";
import { steps } from "@/lib/domain/testing/steps";
import { me, startReplica } from "./testing/replica-rig";
import type { TimelineModel } from "./timeline-model";

const withoutReceipts = (head: Head | undefined) => head && { ...head, receipts: [] };

/** One step of the conversation, what becomes of its change on the way, and what the reader does meanwhile. */
interface Moment {
  step: Step;
  copies: number;
  late: number;
  pause: number;
  delay: number;
  head: boolean;
  move: "none" | "older" | "newer" | "around" | "latest";
}

const lives: fc.Arbitrary<Moment[]> = steps.chain((life) =>
  fc.tuple(
    ...life.map((step) =>
      fc.record({
        step: fc.constant(step),
        copies: fc.nat({ max: 2 }),
        late: fc.nat({ max: 1_500 }),
        pause: fc.nat({ max: 300 }),
        delay: fc.nat({ max: 400 }),
        head: fc.boolean(),
        move: fc.constantFrom("none", "older", "newer", "around", "latest"),
      }),
    ),
  ),
);

async function live(
  { model, time, state, replica }: ReturnType<typeof startReplica>,
  moment: Moment,
): Promise<void> {
  state.delay = moment.delay;
  const change = model.take(moment.step);
  const snapshot = model.head(me);
  time.clock.after(moment.late, () => {
    for (let n = 0; n < moment.copies && change !== undefined; n += 1) replica.takeChange(change);
  });
  if (moment.head) time.clock.after(moment.delay, () => replica.takeHead(snapshot));
  move(replica.openTimeline(), moment);
  await time.pass(moment.pause);
}

function move(timeline: TimelineModel, moment: Moment): void {
  const moves = {
    none: () => undefined,
    older: timeline.loadOlder,
    newer: timeline.loadNewer,
    around: () => timeline.jumpTo(1 + (moment.late % 400)),
    latest: timeline.jumpToLatest,
  };
  moves[moment.move]();
}

describe("a replica", () => {
  it("becomes the truth, whatever is lost, late, doubled or out of order on the way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 400 }), lives, async (before, life) => {
        const replicating = startReplica();
        const { model, time, replica, applied, sendUnheard, look } = replicating;
        sendUnheard(before);
        replica.takeHead(model.head(me));
        const opening = look();
        for (const moment of life) await live(replicating, moment);
        await opening;
        await time.pass(20_000);
        // what nobody was told of comes with the next snapshot
        replica.takeHead(model.head(me));
        replica.repair();
        await time.pass(20_000);

        const timeline = replica.openTimeline();
        const first = timeline.stretch[0]?.seq ?? 1;
        const last = timeline.stretch.at(-1)?.seq ?? 0;
        expect(timeline.stretch).toEqual(model.messages.slice(first - 1, last));
        timeline.publish();
        expect(timeline.get()).toMatchObject({ status: "ready", hasOlder: first > 1 });
        expect(timeline.get().hasNewer).toBe(last < model.messages.length);
        expect(withoutReceipts(replica.head.told)).toEqual(model.head(me));
        // I6: one after the other; only a snapshot or a fresh page may leap
        expect([...applied].sort((one, other) => one - other)).toEqual(applied);
        expect(new Set(applied).size).toBe(applied.length);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

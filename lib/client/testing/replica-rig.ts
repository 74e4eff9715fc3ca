import { ConversationModel, personOf, type Step } from "@/lib/domain/testing/conversation-model";
import { createReplica } from "../replica";
import { createFakeClock } from "./fake-clock";
import { createModelServer } from "./model-server";

/** Whose browser the replica is in. */
export const me = personOf(0).id;

/** A replica of a conversation whose server is its model, with what a test may do to both. */
export function startReplica() {
  const model = new ConversationModel(3);
  const time = createFakeClock();
  const state = { connected: true, delay: 10, lost: 0 };
  const applied: number[] = [];
  const replica = createReplica(model.id, {
    me,
    clock: time.clock,
    call: createModelServer(model, me, time.clock, () => state.delay),
    isConnected: () => state.connected,
    isSynced: () => state.connected,
    pending: () => [],
    changed: () => undefined,
    applied: ({ rev }) => applied.push(rev),
    lost: () => {
      state.lost += 1;
    },
  });
  const take = (step: Step) => {
    const change = model.take(step);
    if (change !== undefined) replica.takeChange(change);
  };
  /** Messages that the replica is not told of. */
  const sendUnheard = (count: number) => {
    for (let n = 0; n < count; n += 1) model.take({ do: "send", by: n });
  };
  const say = (count: number) => {
    for (let n = 0; n < count; n += 1) take({ do: "send", by: n });
  };
  const look = async () => {
    const timeline = replica.openTimeline();
    timeline.subscribe(() => undefined);
    await time.pass(1_000);
    return timeline;
  };
  return { model, time, state, replica, applied, take, sendUnheard, say, look };
}

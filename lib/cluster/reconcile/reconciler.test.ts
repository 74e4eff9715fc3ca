import { randomUUID } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { type ConversationId, conversationId, type UserId, userId } from "@/lib/contract/ids";
import type { RecentlyChanged } from "@/lib/usecases/ports/recent-changes";
import { silentLog } from "../testing/connect";
import { Reconciler } from "./reconciler";
import { ToldHints } from "./told-hints";

const user: UserId = userId.parse(randomUUID());
const conversation: ConversationId = conversationId.parse(randomUUID());

let reconciler: Reconciler | undefined;
afterEach(() => reconciler?.stop());

/** A reconciler with short rounds over a store that says what the test has it say. */
function start(options: { here?: boolean; answers?: () => Promise<RecentlyChanged> }) {
  const state = {
    rev: 0,
    rounds: 0,
    windows: [] as number[],
    now: 0,
    blind: 0,
    heads: [] as ConversationId[],
    asked: 0,
  };
  const told = new ToldHints(() => 0);
  const empty = { conversations: [], removals: [], cursors: [] };
  reconciler = new Reconciler({
    recent: {
      async within(ms) {
        state.windows.push(ms);
        state.rounds += 1;
        if (options.answers !== undefined) return options.answers();
        return state.rev === 0 ? empty : { ...empty, conversations: [{ id: conversation, rev: state.rev }] };
      },
      async membersOf(ids) {
        state.asked += 1;
        return ids.map((id) => ({ id, members: [user] }));
      },
    },
    store: {
      async headsOfMembers(id) {
        state.heads.push(id);
        return [];
      },
    },
    told,
    isHere: () => options.here ?? true,
    tell: { headHere: () => undefined, goneHere: () => undefined },
    onBlind: () => {
      state.blind += 1;
    },
    log: silentLog,
    now: () => state.now,
    everyMs: 5,
  });
  const rounds = async (count: number) => {
    const until = state.rounds + count;
    await vi.waitFor(() => expect(state.rounds).toBeGreaterThanOrEqual(until), { interval: 1 });
  };
  return { state, told, rounds };
}

it("tells what one round saw and nobody brought until the next, once", async () => {
  const { state, rounds } = start({});
  state.rev = 3;
  await vi.waitFor(() => expect(state.heads).toEqual([conversation]));
  await rounds(5);
  expect(state.heads).toEqual([conversation]);
  expect(reconciler?.repairs).toBe(1);
});

it("leaves alone what came by the bus", async () => {
  const { state, told, rounds } = start({});
  told.change(conversation, 3);
  state.rev = 3;
  await rounds(5);
  expect(state.heads).toEqual([]);
});

it("finds what is missing of a conversation in which something happens all the time", async () => {
  const { state } = start({
    answers: async () => ({
      conversations: [{ id: conversation, rev: state.rounds }],
      removals: [],
      cursors: [],
    }),
  });
  await vi.waitFor(() => expect(state.heads.length).toBeGreaterThan(2));
});

it("asks once about a conversation of nobody here", async () => {
  const { state, rounds } = start({ here: false });
  state.rev = 3;
  await rounds(6);
  expect(state.asked).toBe(1);
  expect(state.heads).toEqual([]);
  expect(reconciler?.repairs).toBe(0);
});

it("asks further back after failures, and says when that was too long", async () => {
  let isAway = true;
  const { state, rounds } = start({
    answers: async () => {
      if (isAway) throw new Error("The database is away.");
      return { conversations: [], removals: [], cursors: [] };
    },
  });
  await rounds(1);
  state.now = 20_000;
  await rounds(2);
  expect(state.windows.at(-1)).toBe(30_000);
  state.now = 100_000;
  isAway = false;
  await vi.waitFor(() => expect(state.blind).toBe(1));
  await rounds(2);
  expect(state.windows.at(-1)).toBe(10_000);
});

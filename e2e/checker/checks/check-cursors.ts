import { groupBy, type History, type ReadRequest, requestsOf } from "../history";
import type { Violation } from "../verify-history";
import type { FinalHead, FinalState } from "./final-state";
import { latestBefore, timeline } from "./timeline";

/** I8: `unread` is what recounting gives; I9: cursors stay, and all devices of a user agree at the end. */
export function checkCursors(history: History, final: FinalState): Violation[] {
  return [
    ...final.heads.flatMap((head) => recount(head, final)),
    ...agreement(final),
    ...steadiness(history, final),
  ];
}

function recount(head: FinalHead, final: FinalState): Violation[] {
  const reading = final.readings.find(
    ({ user, conversation }) => user === head.user && conversation === head.conversation,
  );
  if (reading === undefined) return [];
  const count = reading.messages.filter(
    ({ seq, sender, deleted }) => seq > head.readSeq && sender !== head.user && !deleted,
  ).length;
  if (count === head.unread) return [];
  return [
    {
      invariant: "I8",
      detail: `${head.user} has ${head.unread} unread in ${head.conversation}, recounted ${count}`,
    },
  ];
}

function agreement(final: FinalState): Violation[] {
  const states = [...final.heads, ...final.views];
  return [...groupBy(states, ({ user, conversation }) => `${user} in ${conversation}`)].flatMap(
    ([key, ofUser]) => {
      const cursors = [...new Set(ofUser.map(({ readSeq }) => readSeq))];
      return cursors.length <= 1
        ? []
        : [{ invariant: "I9" as const, detail: `devices of ${key} disagree: ${cursors.join(", ")}` }];
    },
  );
}

/** Whoever moves their cursor forward finds it there or further on, unless they move it back themselves. */
function steadiness(history: History, final: FinalState): Violation[] {
  const moves = groupBy(requestsOf(history, "read"), keyOf);
  const looks = groupBy(
    requestsOf(history, "head").flatMap((request) =>
      request.answer === undefined ? [] : [{ ...request, readSeq: request.answer.readSeq }],
    ),
    keyOf,
  );
  return [...moves].flatMap(([key, ofUser]) => {
    if (ofUser.some(({ unread }) => unread)) return [];
    const reached = reachedBy(ofUser);
    const ends = final.heads
      .filter(({ user, conversation }) => key === `${user} in ${conversation}`)
      .map(({ readSeq }) => ({ startedAt: Number.POSITIVE_INFINITY, readSeq }));
    return [...(looks.get(key) ?? []), ...ends].flatMap(({ startedAt, readSeq }) => {
      const known = latestBefore(reached, startedAt) ?? 0;
      if (readSeq >= known) return [];
      return [{ invariant: "I9" as const, detail: `the cursor of ${key} fell from ${known} to ${readSeq}` }];
    });
  });
}

function reachedBy(moves: readonly ReadRequest[]) {
  return timeline(
    moves.flatMap(({ endedAt, answer }) =>
      answer === undefined ? [] : [{ at: endedAt, value: answer.readSeq }],
    ),
  );
}

function keyOf({ user, conversation }: { user: string; conversation: string }): string {
  return `${user} in ${conversation}`;
}

import { groupBy, type Heard, type History, type MembershipRequest, requestsOf } from "../history";
import type { Violation } from "../verify-history";

/** I12: what a user hears of a conversation, they hear as a member, or at most `graceMs` after their removal. */
export function checkMembership(history: History, graceMs: number): Violation[] {
  const members = new Map(history.conversations.map(({ id, members }) => [id, new Set(members)]));
  const moves = groupBy(
    requestsOf(history, "membership"),
    ({ conversation, member }) => `${conversation} ${member}`,
  );
  const movesOf = ({ conversation, user }: Heard) => moves.get(`${conversation} ${user}`) ?? [];
  const wrong = history.heard.filter((heard) => {
    const { conversation, user, at } = heard;
    if (members.get(conversation)?.has(user)) return false;
    if (!members.has(conversation)) return false;
    return !mayHear(movesOf(heard), at, graceMs);
  });
  return [...groupBy(wrong, ({ user, conversation }) => `${user} ${conversation}`).values()].map((heard) =>
    report(heard, movesOf),
  );
}

/** A stay begins when its request was made and ends when the removal was acknowledged; unknown fates count as in. */
function mayHear(moves: readonly MembershipRequest[], at: number, graceMs: number): boolean {
  const before = moves.filter(({ startedAt }) => startedAt <= at);
  const last = before.at(-1);
  if (last === undefined) return false;
  if (last.joins || last.outcome !== "ok") return before.some(({ joins }) => joins);
  return at <= last.endedAt + graceMs;
}

function report(heard: readonly Heard[], movesOf: (heard: Heard) => readonly MembershipRequest[]): Violation {
  const each = heard.map((one) => {
    const removal = movesOf(one).findLast(({ startedAt }) => startedAt <= one.at);
    const late = removal === undefined ? "never in" : `${Math.round(one.at - removal.endedAt)} ms after`;
    return `${one.device} a ${one.event} at ${Math.round(one.at)} (${late})`;
  });
  const [first] = heard;
  const detail = `${first?.user} heard of ${first?.conversation} as no member: ${each.slice(0, 5).join(", ")} (${each.length} in all)`;
  return { invariant: "I12", detail };
}

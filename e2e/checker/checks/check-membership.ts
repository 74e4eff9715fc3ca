import { groupBy, type Heard, type History, type MembershipRequest, requestsOf } from "../history";
import type { Violation } from "../verify-history";

/** I12: what a user hears of a conversation, they hear as a member, or at most `graceMs` after their removal. */
export function checkMembership(history: History, graceMs: number): Violation[] {
  const members = new Map(history.conversations.map(({ id, members }) => [id, new Set(members)]));
  const moves = groupBy(
    requestsOf(history, "membership"),
    ({ conversation, member }) => `${conversation} ${member}`,
  );
  const wrong = history.heard.filter(({ conversation, user, at }) => {
    if (members.get(conversation)?.has(user)) return false;
    if (!members.has(conversation)) return false;
    return !mayHear(moves.get(`${conversation} ${user}`) ?? [], at, graceMs);
  });
  return [...groupBy(wrong, ({ user, conversation }) => `${user} ${conversation}`).values()].flatMap(report);
}

/** A stay begins when its request was made and ends when the removal was acknowledged; unknown fates count as in. */
function mayHear(moves: readonly MembershipRequest[], at: number, graceMs: number): boolean {
  const before = moves.filter(({ startedAt }) => startedAt <= at);
  const last = before.at(-1);
  if (last === undefined) return false;
  if (last.joins || last.outcome !== "ok") return before.some(({ joins }) => joins);
  return at <= last.endedAt + graceMs;
}

function report(heard: readonly Heard[]): Violation[] {
  const [first] = heard;
  if (first === undefined) return [];
  const detail = `${first.device} of ${first.user} heard a ${first.event} of ${first.conversation} as no member (${heard.length} in all)`;
  return [{ invariant: "I12", detail }];
}

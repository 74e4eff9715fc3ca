import { groupBy, type History, requestsOf, type SendRequest } from "../history";
import type { Violation } from "../verify-history";

/**
 * I2: one client id has one answer, which is new at most once; with another body it is never accepted. And nobody's first
 * send is refused for good: all senders are members, and a node in trouble says `unavailable`.
 */
export function checkRepeats(history: History): Violation[] {
  const sends = groupBy(requestsOf(history, "send"), ({ user, clientId }) => `${user} ${clientId}`);
  return [...sends].flatMap(([key, tries]) => checkTries(key, tries));
}

function checkTries(key: string, tries: readonly SendRequest[]): Violation[] {
  const found: Violation[] = [];
  const report = (detail: string) => found.push({ invariant: "I2", detail: `${key}: ${detail}` });
  const answered = tries.filter(({ answer }) => answer !== undefined);
  const ids = new Set(answered.map(({ answer }) => answer?.message.id));
  if (ids.size > 1) report(`gave ${ids.size} messages`);
  if (answered.filter(({ answer }) => answer?.duplicate === false).length > 1)
    report("was new more than once");
  const body = tries[0]?.body;
  if (answered.some((send) => send.body !== body)) report("was accepted with another body");
  const accepted = Math.min(...answered.map(({ endedAt }) => endedAt));
  for (const { code } of tries.filter((send) => send.body === body && send.outcome === "fail")) {
    report(`was refused with ${code}`);
  }
  for (const send of tries) {
    if (send.startedAt <= accepted) continue;
    if (send.body !== body && send.outcome === "fail" && send.code !== "conflict") {
      report(`another body was refused with ${send.code}, not conflict`);
    }
    if (send.body === body && send.answer?.duplicate === false) report("a repeat was not told as one");
  }
  return found;
}

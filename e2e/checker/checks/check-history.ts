import type { History } from "../history";
import type { Violation } from "../verify-history";
import { checkApplied } from "./check-applied";
import { type ArrivalLimits, checkArrival } from "./check-arrival";
import { checkCursors } from "./check-cursors";
import { checkMembership } from "./check-membership";
import { checkMessages } from "./check-messages";
import { checkPresence } from "./check-presence";
import { checkReads } from "./check-reads";
import { checkRepeats } from "./check-repeats";
import { checkRevocations } from "./check-revocations";
import { checkViews } from "./check-views";
import type { FinalState } from "./final-state";

const OFFLINE_WITHIN_MS = 35_000;
const REMOVED_WITHIN_MS = 1_000;

export interface Verdict {
  violations: Violation[];
  calmMs: number[];
  allMs: number[];
}

/**
 * I1 to I14 of the contract, from what clients saw; I15 needs pushes. `slackMs` is what the checker itself may have been late
 * by.
 */
export function checkHistory(
  history: History,
  final: FinalState,
  limits: ArrivalLimits & { slackMs: number },
): Verdict {
  const { slackMs } = limits;
  const arrival = checkArrival(history, {
    withinMs: limits.withinMs + slackMs,
    calmWithinMs: limits.calmWithinMs + slackMs,
  });
  const violations = [
    ...checkMessages(history, final),
    ...checkRepeats(history),
    ...checkReads(history),
    ...checkApplied(history),
    ...arrival.violations,
    ...checkCursors(history, final),
    ...checkPresence(history, OFFLINE_WITHIN_MS + slackMs),
    ...checkMembership(history, REMOVED_WITHIN_MS + slackMs),
    ...checkRevocations(history),
    ...checkViews(final),
  ];
  return { violations, calmMs: arrival.calmMs, allMs: arrival.allMs };
}

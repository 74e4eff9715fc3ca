import type { History } from "../history";
import { checkHistory } from "./check-history";
import type { FinalState } from "./final-state";
import { soundFinal, soundHistory } from "./sample-history";

export const LIMITS = { withinMs: 10_000, calmWithinMs: 1_000, slackMs: 0 };

/** The invariants that are found broken once this was done to a sound history. */
export function found(spoil: (history: History, final: FinalState) => void): string[] {
  const history = soundHistory();
  const final = soundFinal();
  spoil(history, final);
  return [
    ...new Set(checkHistory(history, final, LIMITS).violations.map(({ invariant }) => invariant)),
  ].sort();
}

export function firstOf<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("nothing there");
  return item;
}

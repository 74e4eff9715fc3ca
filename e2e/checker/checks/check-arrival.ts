import { type Applied, groupBy, type History, requestsOf } from "../history";
import type { Violation } from "../verify-history";
import { healthyStretches, type Stretch } from "./healthy-stretches";

export interface ArrivalLimits {
  /** For a client that is connected, whatever the bus lost. */
  withinMs: number;
  /** When nothing fails; faults count until they have been over for `withinMs`. */
  calmWithinMs: number;
}

export interface Arrivals {
  violations: Violation[];
  /** From the acknowledgement to each other connected device, while nothing failed, and at any time. */
  calmMs: number[];
  allMs: number[];
}

/** A change that is known to be committed since `at`. */
interface Committed {
  rev: number;
  at: number;
  isCalm: boolean;
}

/** I7: every device that is connected to a node of which something can be expected has every change in time. */
export function checkArrival(history: History, limits: ArrivalLimits): Arrivals {
  const arrivals: Arrivals = { violations: [], calmMs: [], allMs: [] };
  const committed = committedChanges(history, limits);
  const applied = groupBy(history.applied, ({ device, conversation }) => `${device} ${conversation}`);
  const connections = groupBy(history.connections, ({ device }) => device);
  for (const [device, ofDevice] of connections) {
    const user = ofDevice[0]?.user ?? "";
    const stretches = ofDevice.flatMap((connection) => healthyStretches(connection, history.faults));
    for (const { id } of history.conversations.filter(({ members }) => members.includes(user))) {
      const found = arrivals.violations.length;
      const times = new Map((applied.get(`${device} ${id}`) ?? []).map(({ rev, at }: Applied) => [rev, at]));
      for (const change of committed.get(id) ?? []) {
        judge(`${device} ${id}`, change, times.get(change.rev), stretches, limits, arrivals);
      }
      summarize(arrivals.violations, found);
    }
  }
  return arrivals;
}

function committedChanges(
  history: History,
  { withinMs, calmWithinMs }: ArrivalLimits,
): Map<string, Committed[]> {
  const known = [...requestsOf(history, "send"), ...requestsOf(history, "alter")].flatMap((request) =>
    request.answer === undefined
      ? []
      : [{ conversation: request.conversation, rev: request.answer.message.rev, at: request.endedAt }],
  );
  const isCalm = (at: number) =>
    history.faults.every(({ from, to }) => at + calmWithinMs < from || at > to + withinMs);
  const byConversation = groupBy(known, ({ conversation }) => conversation);
  return new Map(
    [...byConversation].map(([conversation, changes]) => [
      conversation,
      changes.map(({ rev, at }) => ({ rev, at, isCalm: isCalm(at) })),
    ]),
  );
}

function judge(
  where: string,
  change: Committed,
  arrived: number | undefined,
  stretches: readonly Stretch[],
  limits: ArrivalLimits,
  arrivals: Arrivals,
): void {
  for (const stretch of stretches.filter(({ to }) => to > change.at)) {
    const wasHere = stretch.from <= change.at;
    const since = Math.max(change.at, stretch.from);
    const within = change.isCalm && wasHere ? limits.calmWithinMs : limits.withinMs;
    const took = arrived === undefined ? undefined : arrived - since;
    if (since + within <= stretch.to && (took === undefined || took > within)) {
      arrivals.violations.push({ invariant: "I7", detail: lateness(where, change, took) });
      return;
    }
    if (!wasHere || took === undefined) continue;
    arrivals.allMs.push(Math.max(0, took));
    if (change.isCalm) arrivals.calmMs.push(Math.max(0, took));
  }
}

/** One device's are one: the first is told, the others counted. */
function summarize(violations: Violation[], from: number): void {
  const [first, ...others] = violations.splice(from);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : `, and ${others.length} more so`;
  violations.push({ ...first, detail: `${first.detail}${more}` });
}

function lateness(where: string, { rev, at, isCalm }: Committed, took: number | undefined): string {
  const time = took === undefined ? "never" : `after ${Math.round(took)} ms`;
  const state = isCalm ? "while nothing failed" : "around a fault";
  return `${where} got rev ${rev} of ${Math.round(at)} ms ${time}, ${state}`;
}

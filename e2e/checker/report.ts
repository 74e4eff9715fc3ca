import { requestsOf } from "./history";
import type { Options } from "./options";
import type { CheckReport } from "./run-check";

const MOST_SHOWN = 30;

/** Prints what was done, seen and found; true when nothing was violated. */
export function printReport(report: CheckReport, { seed, routing, redis, nodes }: Partial<Options>): boolean {
  const { history, violations, calmMs, allMs, lagMs } = report;
  const sends = requestsOf(history, "send");
  const answered = sends.filter(({ answer }) => answer !== undefined);
  const faults = new Set(history.faults.map(({ fault }) => fault));
  const lines = [
    `sends ${new Set(sends.map(({ clientId }) => clientId)).size}, tries ${sends.length}, acknowledged ${
      new Set(answered.map(({ clientId }) => clientId)).size
    }, answered as repeats ${answered.filter(({ answer }) => answer?.duplicate).length}`,
    `edits and deletions ${requestsOf(history, "alter").length}, cursors moved ${
      requestsOf(history, "read").length
    }, pages ${requestsOf(history, "history").length}, changes applied ${history.applied.length}`,
    `acknowledged in ${quantiles(answered.map(({ startedAt, endedAt }) => endedAt - startedAt))}`,
    `delivered after the acknowledgement in ${quantiles(calmMs)} while nothing failed, ${quantiles(allMs)} in all`,
    `connections ${history.connections.length}, presence seen ${history.presence.length}, faults ${[...faults].join(" ") || "none"}`,
    `the checker itself was late by ${Math.round(lagMs)} ms at most`,
  ];
  for (const line of lines) console.log(line);
  for (const { invariant, detail } of violations.slice(0, MOST_SHOWN))
    console.error(`${invariant}: ${detail}`);
  if (violations.length > MOST_SHOWN) console.error(`… and ${violations.length - MOST_SHOWN} more`);
  const setting = Object.entries({ seed, routing, redis, nodes })
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  console.log(`checked: ${violations.length} violations of I1-I14 (${setting})`);
  return violations.length === 0;
}

function quantiles(values: readonly number[]): string {
  if (values.length === 0) return "no time known";
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} p99 ${at(0.99)} most ${at(1)} ms`;
}

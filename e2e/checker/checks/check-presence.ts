import { type Connection, groupBy, type History } from "../history";
import type { Violation } from "../verify-history";

/** What is on its way when somebody comes or goes: so long a user may look the way they were. */
const ON_ITS_WAY_MS = 5_000;

/**
 * I11: a user without any connection is told offline within `withinMs`, and one who has a live connection all along is
 * never. `unknown` is no claim. No client of the checker says that nobody is there, so nobody is ever away. Watchers count who are connected to a node of which something can be expected.
 */
export function checkPresence(history: History, withinMs: number): Violation[] {
  const connections = groupBy(history.connections, ({ user }) => user);
  const seen = groupBy(history.presence, ({ user }) => user);
  return [...seen].flatMap(([user, sightings]) => {
    const own = connections.get(user) ?? [];
    const stale = sightings.filter(
      ({ at, state }) =>
        state === "away" ||
        (state === "offline" && wasThere(own, at - ON_ITS_WAY_MS, at, history)) ||
        (state === "online" && wasGone(own, at - withinMs, at)),
    );
    return stale.slice(0, 3).map(({ watcher, at, state }) => ({
      invariant: "I11" as const,
      detail: `${watcher} saw ${user} ${state} at ${Math.round(at)} ms, which was wrong`,
    }));
  });
}

/** By one connection to one healthy node over the whole time. */
function wasThere(own: readonly Connection[], from: number, to: number, { faults }: History): boolean {
  return own.some((connection) => {
    if (connection.from > from || connection.to < to) return false;
    return !faults.some(
      (fault) =>
        fault.impaired.includes(connection.node) && fault.from <= to && fault.to + ON_ITS_WAY_MS >= from,
    );
  });
}

function wasGone(own: readonly Connection[], from: number, to: number): boolean {
  return own.every((connection) => connection.to < from || connection.from > to);
}

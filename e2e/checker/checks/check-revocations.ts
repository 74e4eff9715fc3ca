import type { History } from "../history";
import type { Violation } from "../verify-history";

/** I13: whoever's credentials were ended has no connection any more in time. Impaired nodes have until they are healed. */
export function checkRevocations({ revocations, connections, faults }: History): Violation[] {
  return revocations.flatMap(({ user, at, withinMs }) =>
    connections
      .filter((connection) => connection.user === user)
      .filter(({ node, to }) => {
        const healed = faults.filter(
          ({ impaired, from }) => impaired.includes(node) && from <= at + withinMs,
        );
        return to > Math.max(at, ...healed.map((fault) => fault.to)) + withinMs;
      })
      .map(({ device, to }) => ({
        invariant: "I13" as const,
        detail: `${device} of ${user} was connected until ${Math.round(to - at)} ms after its credentials ended`,
      })),
  );
}

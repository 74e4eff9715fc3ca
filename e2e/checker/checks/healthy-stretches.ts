import type { Connection, FaultWindow } from "../history";

export interface Stretch {
  from: number;
  to: number;
}

/** The parts of a connection in which something can be expected of its node. */
export function healthyStretches(connection: Connection, faults: readonly FaultWindow[]): Stretch[] {
  return faults
    .filter(({ impaired }) => impaired.includes(connection.node))
    .reduce<Stretch[]>(
      (stretches, fault) => stretches.flatMap((stretch) => without(stretch, fault)),
      [{ from: connection.from, to: connection.to }],
    );
}

function without({ from, to }: Stretch, fault: Stretch): Stretch[] {
  const left = { from, to: Math.min(to, fault.from) };
  const right = { from: Math.max(from, fault.to), to };
  return [left, right].filter((part) => part.to > part.from);
}

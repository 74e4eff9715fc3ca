import type { Writable } from "node:stream";

/**
 * From now on, what is written to the connection frame by frame, each between `cork` and `uncork`, leaves it together at
 * the end of the tick: one system call for all the frames of a batch instead of one each. A grouped commit answers and
 * tells many at once, and the calls were the largest part of what a message cost. Order and callbacks stay.
 */
export function gatherWrites(connection: Pick<Writable, "uncork">): void {
  const uncork = connection.uncork.bind(connection);
  let isHeld = false;
  connection.uncork = () => {
    if (isHeld) return uncork();
    isHeld = true;
    process.nextTick(() => {
      isHeld = false;
      uncork();
    });
  };
}

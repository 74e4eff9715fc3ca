/** The longest wait between two tries, in milliseconds. */
const LONGEST_MS = 5_000;
const FIRST_MS = 300;

/**
 * How long to wait before try number `attempt` (from 0): soon at first, then doubling up to 5 s. Between a quarter and
 * the whole of it at random, so that thousands who lost the same server do not come back in one instant.
 */
export function retryDelay(attempt: number, random: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(most * (0.25 + 0.75 * random));
}

/** A client that is to fetch has every change within 10 s: some of them are left for the fetching. */
const LONGEST_MS = 6_000;
const SHORTEST_MS = 200;
/** So many clients fetch in a millisecond, on average. */
const CLIENTS_A_MS = 1;

/** The milliseconds over which so many clients are spread that all have to fetch. */
export function resyncWindow(clients: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.ceil(clients / CLIENTS_A_MS)));
}

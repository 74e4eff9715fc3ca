import type { Presence } from "@/lib/contract/shapes";

/**
 * How somebody stands by their connections: `offline` without one, `away` while nobody does anything at any of them,
 * else `online`.
 */
export type Standing = Exclude<Presence["state"], "unknown">;

const RANKS: Readonly<Record<Standing, number>> = { offline: 0, away: 1, online: 2 };

/** By how many connections there are, and at how many of them somebody does something. */
export function standingBy(connections: number, active: number): Standing {
  if (active > 0) return "online";
  return connections > 0 ? "away" : "offline";
}

export function isLower(one: Standing, other: Standing): boolean {
  return RANKS[one] < RANKS[other];
}

/** How somebody stands who stands like this in one place and like that in another. */
export function together(one: Standing, other: Standing): Standing {
  return isLower(one, other) ? other : one;
}

import type { RedisConnections } from "../redis/connect-redis";
import type { NodeInfo } from "./node-info";

/** This node's terms are not those of the nodes that run already. */
export class TermsRefusedError extends Error {
  readonly ours: string;
  readonly theirs: string;

  constructor(ours: string, theirs: string) {
    super(`the running nodes of this cluster agreed on "${theirs}", this node has "${ours}"`);
    this.name = "TermsRefusedError";
    this.ours = ours;
    this.theirs = theirs;
  }
}

/** This node begins, or begins anew: all that it holds is to be announced under `node`. */
export interface Joined {
  readonly node: string;
  /** The id until now, when its lease was lost: to a pause, to being cut off, or with what Redis held. */
  readonly previous: string | undefined;
}

export interface MembershipOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix" | "onRestart">;
  /** What all nodes must agree on, such as the routing and the version of its protocol. */
  readonly terms: string;
  /** What this node says of itself to the others; asked at every beat, must be small. */
  readonly describe: () => NodeInfo;
  /** A new id, never used before. */
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
  /** The cluster refused this node after `start`, since Redis was away before. */
  readonly onRefused: (error: TermsRefusedError) => void;
  readonly leaseMs?: number;
  readonly beatMs?: number;
  /** How long after its lease is over a node's traces are swept, so that who was cut off can come back first. */
  readonly sweepAfterMs?: number;
}

export const LEASE_DEFAULTS = { leaseMs: 15_000, beatMs: 2_500, sweepAfterMs: 5_000 } as const;

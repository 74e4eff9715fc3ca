import { randomUUID } from "node:crypto";
import { Membership } from "../leases/membership";
import type { MembershipOptions } from "../leases/membership-options";
import type { RedisConnections } from "../redis/connect-redis";

/** Leases so short that a test can wait for their end. */
export const SHORT_LEASES = { leaseMs: 1_200, beatMs: 100, sweepAfterMs: 200 } as const;

/** A member of a cluster with short leases; errors are left out, since tests make them on purpose. */
export function createMember(
  redis: RedisConnections,
  changes: Partial<Omit<MembershipOptions, "redis">> = {},
): Membership {
  return new Membership({
    redis,
    terms: "test",
    describe: () => ({ name: "test" }),
    newId: () => randomUUID().slice(0, 8),
    onError: () => undefined,
    onRefused: () => undefined,
    ...SHORT_LEASES,
    ...changes,
  });
}

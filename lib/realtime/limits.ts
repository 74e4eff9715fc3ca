import type { BucketRate } from "@/lib/domain/token-bucket";
import type { Config } from "@/lib/ops/config/env";

/** The settings; everything below is derived from them. */
export type LimitSettings = Config["limits"];

export interface RealtimeLimits {
  /** Events of one socket: beyond, they are answered `rate_limited`. */
  eventsOfSocket: BucketRate;
  /** Events of all sockets of one user here. */
  eventsOfUser: BucketRate;
  /** Packets of any kind on one connection: beyond, it is closed. Far above what a client that heeds its answers sends. */
  packetsOfConnection: BucketRate;
  socketsPerUser: number;
  socketsPerAddress: number;
}

/** Undefined when nothing is counted: `RATE_LIMITS=off`, for measurements and checkers. */
export function realtimeLimits(settings: LimitSettings): RealtimeLimits | undefined {
  if (!settings.rates) return undefined;
  const events = settings.eventsPerSecond;
  return {
    eventsOfSocket: { perSecond: events, burst: 5 * events },
    eventsOfUser: { perSecond: 4 * events, burst: 20 * events },
    packetsOfConnection: { perSecond: 10 * events, burst: 50 * events },
    socketsPerUser: settings.socketsPerUser,
    socketsPerAddress: settings.socketsPerAddress,
  };
}

import type { UserId } from "@/lib/contract/ids";
import { HomingError } from "@/lib/domain/homing-error";
import { KeyedRates } from "@/lib/domain/keyed-rates";

/** Counts a send of a user. @throws HomingError `rate_limited`, with the time to wait, when it is one too many */
export type AdmitSend = (user: UserId) => void;

/**
 * How fast each user may send: one budget, whichever way they send, a socket or a page. Nothing is counted where rates
 * are off. `now` gives milliseconds of a clock that never steps.
 */
export function createSendRate(
  settings: { rates: boolean; sendsPerSecond: number; sendBurst: number },
  now: () => number,
): AdmitSend {
  if (!settings.rates) return () => undefined;
  const sends = new KeyedRates<UserId>({ perSecond: settings.sendsPerSecond, burst: settings.sendBurst });
  return (user) => {
    const wait = sends.take(user, now());
    if (wait > 0) throw new HomingError("rate_limited", "Too many at once.", { retryAfterMs: wait });
  };
}

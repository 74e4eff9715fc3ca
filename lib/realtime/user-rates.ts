import type { UserId } from "@/lib/contract/ids";
import { type BucketRate, TokenBucket } from "@/lib/domain/token-bucket";

/** What is counted for a user, over all their sockets here. */
type Kind = "event" | "send";

/** The rates of users. Kept when a user's sockets close: connecting again gives no new burst. */
export class UserRates {
  readonly #rates: Record<Kind, BucketRate>;
  readonly #buckets: Record<Kind, Map<UserId, TokenBucket>> = { event: new Map(), send: new Map() };

  constructor(limits: { eventsOfUser: BucketRate; sendsOfUser: BucketRate }) {
    this.#rates = { event: limits.eventsOfUser, send: limits.sendsOfUser };
  }

  /** Counts one; returns the milliseconds to wait, or 0 when it may go on. */
  take(kind: Kind, user: UserId, now: number): number {
    const buckets = this.#buckets[kind];
    let bucket = buckets.get(user);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#rates[kind], now);
      buckets.set(user, bucket);
    }
    return bucket.take(now);
  }

  /** Forgets who has used up nothing, so that memory goes with who is active. */
  prune(now: number): void {
    for (const buckets of Object.values(this.#buckets)) {
      for (const [user, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(user);
    }
  }

  /** How many users are remembered. */
  get size(): number {
    return Math.max(this.#buckets.event.size, this.#buckets.send.size);
  }
}

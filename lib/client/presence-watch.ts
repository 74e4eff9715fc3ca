import type { UserId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import type { Presence } from "@/lib/contract/shapes";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";
import type { Store, WritableStore } from "./store";
import { createWatchedStore } from "./watched-store";

export interface PresenceWatch {
  store(user: UserId): Store<Presence | undefined>;
  take(presence: Presence): void;
  /** Asks the server about everybody who is looked at, in one go. Gives false when there was no answer. */
  renew(call: Call): Promise<boolean>;
  /** The connection is gone: what is known ages, and is forgotten when it is too old to be shown. */
  lost(): void;
}

/** Rows that scroll into view together are asked for together; those that left are not worth hurrying for. */
const BEGIN_MS = 50;
const END_MS = 2_000;
const FORGET_MS = 10_000;

export function createPresenceWatch(options: {
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
}): PresenceWatch {
  const { clock } = options;
  const stores = new Map<UserId, WritableStore<Presence | undefined>>();
  /** In the order in which they came into view. */
  const watched = new Set<UserId>();
  let callOff: (() => void) | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let callOffForgetting: (() => void) | undefined;

  const take = (presence: Presence) => {
    const store = stores.get(presence.userId);
    const known = store?.get();
    if (known?.state !== presence.state || known.lastSeenAt !== presence.lastSeenAt) store?.set(presence);
  };

  const renew = async (call: Call): Promise<boolean> => {
    callOff?.();
    callOff = undefined;
    dueAt = Number.POSITIVE_INFINITY;
    const userIds = [...watched].slice(-LIMITS.presenceWatch);
    const answer = await call("presence:watch", { userIds });
    if (answer.ok) answer.presence.forEach(take);
    // an error that the server gives reason and time for is an answer too
    return answer.ok || answer.error.code !== "unavailable" || answer.error.retryAfterMs !== undefined;
  };

  const soon = (milliseconds: number) => {
    const at = clock.now() + milliseconds;
    if (!options.isConnected() || at >= dueAt) return;
    callOff?.();
    dueAt = at;
    callOff = clock.after(milliseconds, () => void renew(options.call));
  };

  return {
    store(user) {
      const known = stores.get(user);
      if (known !== undefined) return known;
      const made = createWatchedStore<Presence | undefined>(undefined, {
        begin() {
          watched.delete(user);
          watched.add(user);
          soon(BEGIN_MS);
        },
        end() {
          watched.delete(user);
          soon(END_MS);
        },
      });
      stores.set(user, made);
      return made;
    },
    take,
    async renew(call) {
      callOffForgetting?.();
      callOffForgetting = undefined;
      return renew(call);
    },
    lost() {
      callOffForgetting ??= clock.after(FORGET_MS, () => {
        for (const store of stores.values()) store.set(undefined);
      });
    },
  };
}

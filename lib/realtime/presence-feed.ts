import { Gate } from "@/lib/auth/gate";
import type { UserId } from "@/lib/contract/ids";
import type { Presence } from "@/lib/contract/shapes";
import type { Logger } from "@/lib/ops/log";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import type { PresenceUseCases } from "@/lib/usecases/use-cases";
import { atMost } from "./deadline";
import type { RealtimeFanOut } from "./fan-out";

/** When everybody goes at once, what is noted of it must not take the database from those who stay. */
const CONCURRENT = 4;

/** Tells those who watch a user that they came or went. */
export interface PresenceFeed {
  /** Fulfilled when everything noticed so far is noted, at the latest after `withinMs`; hears nothing more then. */
  stop(withinMs: number): Promise<void>;
}

export function startPresenceFeed(options: {
  registry: Pick<PresenceRegistry, "onChange" | "online">;
  noteOffline: PresenceUseCases["noteOffline"];
  fanOut: Pick<RealtimeFanOut, "presence">;
  log: Logger;
}): PresenceFeed {
  const { registry, noteOffline, fanOut, log } = options;
  const gate = new Gate({ parallel: CONCURRENT, mostWaiting: Number.POSITIVE_INFINITY });
  const running = new Set<Promise<void>>();

  /** Without the database it is still true that they are gone, or back by now; only since when is lost. */
  const standing = async (userId: UserId): Promise<Presence> => {
    try {
      return await gate.run(() => noteOffline(userId));
    } catch (error) {
      log.warn({ err: error, userId }, "could not note when somebody was last seen");
      const online = await registry.online([userId]);
      return { userId, state: online.has(userId) ? "online" : "offline" };
    }
  };

  const unsubscribe = registry.onChange((userId, online) => {
    if (online) return fanOut.presence({ userId, state: "online" });
    const work = standing(userId)
      .then(fanOut.presence)
      .catch((error: unknown) => log.warn({ err: error, userId }, "could not tell who went offline"))
      .finally(() => running.delete(work));
    running.add(work);
  });

  return {
    async stop(withinMs) {
      unsubscribe();
      await atMost(withinMs, Promise.all(running));
    },
  };
}

import type { UserId } from "@/lib/contract/ids";
import type { Presence } from "@/lib/contract/shapes";
import type { Logger } from "@/lib/ops/log";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import type { PresenceUseCases } from "@/lib/usecases/use-cases";
import { atMost } from "./deadline";
import type { RealtimeFanOut } from "./fan-out";

/** Tells those who watch a user that they came, went, or went idle. */
export interface PresenceFeed {
  /** Fulfilled when everything noticed so far is noted, at the latest after `withinMs`; hears nothing more then. */
  stop(withinMs: number): Promise<void>;
}

export interface PresenceFeedOptions {
  registry: Pick<PresenceRegistry, "onChange" | "online">;
  noteOffline: PresenceUseCases["noteOffline"];
  fanOut: Pick<RealtimeFanOut, "presence">;
  log: Logger;
}

/** Who goes while others are being noted is noted with the next lot: when everybody goes at once, that is two lots. */
export function startPresenceFeed(options: PresenceFeedOptions): PresenceFeed {
  const { registry, fanOut, log } = options;
  const gone = new Set<UserId>();
  let running: Promise<void> | undefined;

  const noteAll = async () => {
    while (gone.size > 0) {
      const users = [...gone];
      gone.clear();
      for (const presence of await standingOf(users, options)) fanOut.presence(presence);
    }
  };

  const unsubscribe = registry.onChange((userId, standing) => {
    if (standing !== "offline") return fanOut.presence({ userId, state: standing });
    gone.add(userId);
    running ??= noteAll()
      .catch((error: unknown) => log.error({ err: error }, "could not tell who went offline"))
      .finally(() => {
        running = undefined;
      });
  });

  return {
    async stop(withinMs) {
      unsubscribe();
      if (running !== undefined) await atMost(withinMs, running);
    },
  };
}

/** Without the database it is still true that they are gone, or back by now; only since when is lost. */
async function standingOf(
  users: readonly UserId[],
  { registry, noteOffline, log }: PresenceFeedOptions,
): Promise<Presence[]> {
  try {
    return await noteOffline(users);
  } catch (error) {
    log.warn({ err: error, users: users.length }, "could not note when people were last seen");
    const { users: there, away } = await registry.online(users);
    return users.map((userId) => {
      if (!there.has(userId)) return { userId, state: "offline" };
      return { userId, state: away.has(userId) ? "away" : "online" };
    });
  }
}

import type { UserId } from "@/lib/contract/ids";
import { isHomingError } from "@/lib/domain/homing-error";
import type { Logger } from "@/lib/ops/log";
import type { Actor } from "@/lib/usecases/actor";
import type { PresenceUseCases } from "@/lib/usecases/use-cases";
import type { RealtimeFanOut } from "./fan-out";

/** However many come and go, administrators hear of it this often at most; and the longer the list, the more rarely. */
const EVERY_MS = 1_000;
const MS_FOR_EACH_USER = 1;

/** Shows administrators who is online while they watch. */
export interface OnlineFeed {
  watch(socketId: string, actor: Actor): void;
  unwatch(socketId: string): void;
  /** Somebody came or went. */
  changed(): void;
  stop(): void;
}

export function createOnlineFeed(options: {
  listOnline: PresenceUseCases["listOnline"];
  fanOut: Pick<RealtimeFanOut, "online">;
  log: Logger;
}): OnlineFeed {
  const { listOnline, fanOut, log } = options;
  const watchers = new Map<string, Actor>();
  let timer: NodeJS.Timeout | undefined;
  let listed = 0;

  /** Whoever is no administrator any more watches no longer. */
  const show = async (actor: Actor, sockets: readonly string[]) => {
    try {
      const online = await listOnline(actor);
      listed = online.length;
      fanOut.online(sockets, online);
    } catch (error) {
      if (isHomingError(error) && error.code === "forbidden") {
        for (const socket of sockets) watchers.delete(socket);
      } else log.warn({ err: error }, "could not show who is online");
    }
  };

  const push = async () => {
    const sockets = new Map<UserId, { actor: Actor; ids: string[] }>();
    for (const [id, actor] of watchers) {
      const own = sockets.get(actor.id);
      if (own === undefined) sockets.set(actor.id, { actor, ids: [id] });
      else own.ids.push(id);
    }
    for (const { actor, ids } of sockets.values()) await show(actor, ids);
  };

  const changed = () => {
    if (timer !== undefined || watchers.size === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        void push();
      },
      Math.max(EVERY_MS, listed * MS_FOR_EACH_USER),
    );
    timer.unref();
  };

  return {
    watch(socketId, actor) {
      watchers.set(socketId, actor);
      changed();
    },
    unwatch: (socketId) => void watchers.delete(socketId),
    changed,
    stop: () => clearTimeout(timer),
  };
}

import type { UserId } from "@/lib/contract/ids";
import { isHomingError } from "@/lib/domain/homing-error";
import type { Logger } from "@/lib/ops/log";
import type { Actor } from "@/lib/usecases/actor";
import type { PresenceUseCases } from "@/lib/usecases/use-cases";
import type { RealtimeFanOut } from "./fan-out";

/** However many come and go, administrators hear of it this often at most; and the longer the list, the more rarely. */
const EVERY_MS = 1_000;
const MS_FOR_EACH_USER = 1;
/** Nobody says here when people come and go on other nodes: while somebody watches, it is looked up this often. */
const LOOK_EVERY_MS = 5_000;

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
  let look: NodeJS.Timeout | undefined;
  let listed = 0;
  let shown = "";

  /** Whoever is no administrator any more watches no longer. */
  const show = async (actor: Actor, sockets: readonly string[], isNews: boolean) => {
    try {
      const online = await listOnline(actor);
      const text = JSON.stringify(online);
      if (!isNews && text === shown) return;
      listed = online.length;
      shown = text;
      fanOut.online(sockets, online);
    } catch (error) {
      if (isHomingError(error) && error.code === "forbidden") {
        for (const socket of sockets) watchers.delete(socket);
      } else log.warn({ err: error }, "could not show who is online");
    }
  };

  const push = async (isNews: boolean) => {
    const sockets = new Map<UserId, { actor: Actor; ids: string[] }>();
    for (const [id, actor] of watchers) {
      const own = sockets.get(actor.id);
      if (own === undefined) sockets.set(actor.id, { actor, ids: [id] });
      else own.ids.push(id);
    }
    for (const { actor, ids } of sockets.values()) await show(actor, ids, isNews);
  };

  const changed = () => {
    if (timer !== undefined || watchers.size === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        void push(true);
      },
      Math.max(EVERY_MS, listed * MS_FOR_EACH_USER),
    );
    timer.unref();
  };

  const stopLooking = () => {
    clearInterval(look);
    look = undefined;
  };

  return {
    watch(socketId, actor) {
      watchers.set(socketId, actor);
      look ??= setInterval(() => void push(false), LOOK_EVERY_MS).unref();
      changed();
    },
    unwatch(socketId) {
      watchers.delete(socketId);
      if (watchers.size === 0) stopLooking();
    },
    changed,
    stop() {
      clearTimeout(timer);
      stopLooking();
    },
  };
}

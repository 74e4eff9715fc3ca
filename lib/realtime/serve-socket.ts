import type { UserId } from "@/lib/contract/ids";
import { deviceName } from "@/lib/domain/device-name";
import type { KeyedRates } from "@/lib/domain/keyed-rates";
import { TokenBucket } from "@/lib/domain/token-bucket";
import type { Clock } from "@/lib/usecases/ports/environment";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import type { HandlerContext, RealtimeUseCases, Watches } from "./define-handler";
import type { Dispatcher, RateCheck } from "./dispatcher";
import type { RealtimeLimits } from "./limits";
import type { OnlineFeed } from "./online-feed";
import { isPresenceRoom, presenceRoom } from "./rooms";
import type { RealtimeSocket } from "./socket-server";

/** What all sockets of this node share. */
export interface SocketServices {
  useCases: RealtimeUseCases;
  presence: PresenceRegistry;
  onlineFeed: OnlineFeed;
  dispatcher: Dispatcher;
  /** Undefined: nothing is counted. A user's rate is kept when their sockets close: connecting again gives no new burst. */
  rates: { limits: RealtimeLimits; users: KeyedRates<UserId> } | undefined;
  clock: Clock;
  /** Milliseconds of a clock that never steps. */
  now: () => number;
}

/** A socket from its handshake, which gave it its rooms, to its end: its presence, its events. */
export function serveSocket(socket: RealtimeSocket, services: SocketServices): void {
  const { actor } = socket.data;
  const { presence, onlineFeed } = services;
  presence.connected({
    socketId: socket.id,
    userId: actor.id,
    device: actor.device,
    since: services.clock.now(),
    program: deviceName(socket.handshake.headers["user-agent"] ?? ""),
    ...(socket.handshake.auth.idle === true ? { idle: true } : {}),
  });
  onlineFeed.changed();
  socket.on("disconnect", () => {
    onlineFeed.unwatch(socket.id);
    presence.disconnected(socket.id);
    onlineFeed.changed();
  });

  const context: HandlerContext = {
    actor,
    useCases: services.useCases,
    watches: watchesOf(socket, onlineFeed),
    setIdle(idle) {
      presence.setIdle(socket.id, idle);
      onlineFeed.changed();
    },
  };
  const waitFor = rateCheckOf(socket, services);
  socket.onAny((event: unknown, ...args: unknown[]) =>
    services.dispatcher.receive(context, waitFor, event, args),
  );
}

function watchesOf(socket: RealtimeSocket, onlineFeed: OnlineFeed): Watches {
  return {
    async presence(users) {
      const wanted = new Set(users.map(presenceRoom));
      for (const room of [...socket.rooms]) {
        if (isPresenceRoom(room) && !wanted.has(room)) socket.leave(room);
      }
      if (socket.connected) await socket.join([...wanted]);
    },
    online(on) {
      if (on && socket.connected) onlineFeed.watch(socket.id, socket.data.actor);
      else onlineFeed.unwatch(socket.id);
    },
  };
}

function rateCheckOf(socket: RealtimeSocket, { rates, now }: SocketServices): RateCheck {
  if (rates === undefined) return () => 0;
  const user = socket.data.actor.id;
  const events = new TokenBucket(rates.limits.eventsOfSocket, now());
  return () => {
    const time = now();
    return Math.max(events.take(time), rates.users.take(user, time));
  };
}

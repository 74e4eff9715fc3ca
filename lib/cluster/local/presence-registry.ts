import type { UserId } from "@/lib/contract/ids";
import { isLower, type Standing, standingBy } from "@/lib/domain/standing";
import type { Connection, PresenceRegistry } from "@/lib/usecases/ports/presence-registry";

/** How long a user stays as they were after they went or went idle: a page that is reloaded does not flicker. */
const GRACE_MS = 3_000;

interface UserPresence {
  readonly connections: Map<string, Connection>;
  /** By the connections as they are. */
  now: Standing;
  /** As it was told; higher than `now` while `grace` runs. */
  told: Standing;
  grace: NodeJS.Timeout | undefined;
  /** How many of the connections are not idle. */
  active: number;
}

/**
 * Who is connected to this process, in memory. A user stands better at once, and worse `graceMs` after they do: they
 * were never offline or away when that is over before. So however often a client changes its mind, others hear of it at
 * most twice in that time.
 */
export function createLocalPresence(options: { node: string; graceMs?: number }): PresenceRegistry {
  const { node, graceMs = GRACE_MS } = options;
  const users = new Map<UserId, UserPresence>();
  const userOf = new Map<string, UserId>();
  const listeners = new Set<(user: UserId, standing: Standing) => void>();

  const tell = (user: UserId, presence: UserPresence) => {
    clearTimeout(presence.grace);
    presence.grace = undefined;
    presence.told = presence.now;
    if (presence.told === "offline") users.delete(user);
    for (const listener of [...listeners]) listener(user, presence.told);
  };

  const update = (user: UserId, presence: UserPresence) => {
    const before = presence.now;
    presence.now = standingBy(presence.connections.size, presence.active);
    if (isLower(presence.told, presence.now)) return tell(user, presence);
    if (presence.now === presence.told) {
      clearTimeout(presence.grace);
      presence.grace = undefined;
    } else if (isLower(presence.now, before)) {
      clearTimeout(presence.grace);
      presence.grace = setTimeout(tell, graceMs, user, presence).unref();
    }
  };

  /** One connection of a user instead of another, or of none, or none instead of it. */
  const replace = (user: UserId, socketId: string, connection: Connection | undefined) => {
    const presence = users.get(user) ?? newPresence();
    users.set(user, presence);
    if (isActive(presence.connections.get(socketId))) presence.active -= 1;
    if (isActive(connection)) presence.active += 1;
    if (connection === undefined) presence.connections.delete(socketId);
    else presence.connections.set(socketId, connection);
    update(user, presence);
  };

  return {
    connected(connection) {
      userOf.set(connection.socketId, connection.userId);
      replace(connection.userId, connection.socketId, connection);
    },

    disconnected(socketId) {
      const user = userOf.get(socketId);
      if (user === undefined) return;
      userOf.delete(socketId);
      replace(user, socketId, undefined);
    },

    setIdle(socketId, idle) {
      const user = userOf.get(socketId);
      const connection = user && users.get(user)?.connections.get(socketId);
      if (connection !== undefined) replace(connection.userId, socketId, { ...connection, idle });
    },

    async online(asked) {
      const known = asked.filter((user) => users.has(user));
      const away = known.filter((user) => users.get(user)?.told === "away");
      return { users: new Set(known), away: new Set(away), isWhole: true };
    },

    connections: async () =>
      [...users.values()].flatMap((presence) =>
        [...presence.connections.values()].map((connection) => ({ ...connection, node })),
      ),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      for (const [user, presence] of [...users]) if (presence.connections.size === 0) tell(user, presence);
    },
  };
}

function newPresence(): UserPresence {
  return { connections: new Map(), now: "offline", told: "offline", grace: undefined, active: 0 };
}

function isActive(connection: Connection | undefined): boolean {
  return connection !== undefined && connection.idle !== true;
}

import type { UserId } from "@/lib/contract/ids";
import type { Connection, PresenceRegistry } from "@/lib/usecases/ports/presence-registry";

/** How long a user stays online after their last connection closed: a page that is reloaded does not flicker. */
const GRACE_MS = 3_000;

interface UserPresence {
  readonly connections: Map<string, Connection>;
  /** Runs while there is no connection: then the user still counts as online. */
  grace?: NodeJS.Timeout;
}

/**
 * Who is connected to this process, in memory. A user goes offline `graceMs` after the last of their connections
 * closed, and was never offline when one opens before that.
 */
export function createLocalPresence(options: { node: string; graceMs?: number }): PresenceRegistry {
  const { node, graceMs = GRACE_MS } = options;
  const users = new Map<UserId, UserPresence>();
  const userOf = new Map<string, UserId>();
  const listeners = new Set<(user: UserId, online: boolean) => void>();

  const tell = (user: UserId, online: boolean) => {
    for (const listener of [...listeners]) listener(user, online);
  };
  const goOffline = (user: UserId) => {
    users.delete(user);
    tell(user, false);
  };

  return {
    connected(connection) {
      userOf.set(connection.socketId, connection.userId);
      const known = users.get(connection.userId);
      if (known !== undefined) {
        clearTimeout(known.grace);
        known.connections.set(connection.socketId, connection);
        return;
      }
      users.set(connection.userId, { connections: new Map([[connection.socketId, connection]]) });
      tell(connection.userId, true);
    },

    disconnected(socketId) {
      const user = userOf.get(socketId);
      const presence = user === undefined ? undefined : users.get(user);
      if (user === undefined || presence === undefined) return;
      userOf.delete(socketId);
      presence.connections.delete(socketId);
      if (presence.connections.size > 0) return;
      presence.grace = setTimeout(goOffline, graceMs, user);
      presence.grace.unref();
    },

    online: async (asked) => ({ users: new Set(asked.filter((user) => users.has(user))), isWhole: true }),

    connections: async () =>
      [...users.values()].flatMap((presence) =>
        [...presence.connections.values()].map((connection) => ({ ...connection, node })),
      ),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      for (const [user, presence] of [...users]) {
        if (presence.connections.size > 0) continue;
        clearTimeout(presence.grace);
        goOffline(user);
      }
    },
  };
}

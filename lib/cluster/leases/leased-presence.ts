import { type UserId, userId } from "@/lib/contract/ids";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import { createLocalPresence } from "../local/presence-registry";
import type { RedisConnections } from "../redis/connect-redis";
import { ConnectionList } from "./connection-list";
import type { Membership } from "./membership";
import { createRegister } from "./register";

export interface LeasedPresenceOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix" | "kind">;
  /** Not started yet: the registry registers with it first. */
  readonly membership: Membership;
  /** This node's name. */
  readonly node: string;
  readonly newEpoch: () => string;
  readonly onError: (error: unknown) => void;
  /** How long a user stays online after their last connection closed, in milliseconds. */
  readonly graceMs?: number;
}

/**
 * Who is connected to any node. Each node announces its users under its lease: they are online while one live node holds
 * them. Of a node that died they go offline when somebody sweeps up after it, within lease, delay and a beat.
 *
 * While Redis is away a node still knows its own users, and says of the others that it does not know.
 */
export function createLeasedPresence(options: LeasedPresenceOptions): PresenceRegistry {
  const { membership, node, graceMs, onError } = options;
  const here = createLocalPresence({ node, ...(graceMs === undefined ? {} : { graceMs }) });
  const list = new ConnectionList(options);
  const listeners = new Set<(user: UserId, online: boolean) => void>();
  /** Users here of whom this node told that they came: after a loss they are announced again, which is no news. */
  const told = new Set<string>();

  const tell = (names: readonly string[], online: boolean) => {
    for (const name of names) {
      const user = userId.safeParse(name);
      if (user.success) for (const listener of [...listeners]) listener(user.data, online);
    }
  };

  const register = createRegister({
    ...options,
    name: "users",
    onTurned({ appeared, vanished }) {
      tell(vanished, false);
      const news = appeared.filter((name) => !told.has(name));
      for (const name of news) told.add(name);
      tell(news, true);
    },
    onOrphaned: (names) => tell(names, false),
    onRestored: () => undefined,
  });

  here.onChange((user, online) => {
    if (online) void register.held.add(user);
    else {
      told.delete(user);
      register.held.remove(user);
    }
  });

  return {
    connected(connection) {
      here.connected(connection);
      list.add(connection);
    },

    disconnected(socketId) {
      here.disconnected(socketId);
      list.remove(socketId);
    },

    async online(asked) {
      const users = new Set(asked.filter((user) => register.held.has(user)));
      const others = asked.filter((user) => !users.has(user));
      if (others.length === 0) return { users, isWhole: true };
      try {
        const { holders, isWhole } = await register.locator.locate(others);
        others.forEach((user, index) => {
          if (holders[index]?.some((holder) => holder !== membership.nodeId)) users.add(user);
        });
        return { users, isWhole };
      } catch (error) {
        onError(error);
        return { users, isWhole: false };
      }
    },

    connections: () => list.all(),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      await here.close();
      await register.held.idle();
    },
  };
}

import { type UserId, userId } from "@/lib/contract/ids";
import { type Standing, together } from "@/lib/domain/standing";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import { createLocalPresence } from "../local/presence-registry";
import type { RedisConnections } from "../redis/connect-redis";
import { ConnectionList } from "./connection-list";
import type { Membership } from "./membership";
import { PresenceNews } from "./presence-news";
import { createRegister } from "./register";

export interface LeasedPresenceOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix" | "kind">;
  /** Not started yet: the registry registers with it first. */
  readonly membership: Membership;
  /** This node's name. */
  readonly node: string;
  readonly newEpoch: () => string;
  readonly onError: (error: unknown) => void;
  /** How long a user stays as they were after they went or went idle, in milliseconds. */
  readonly graceMs?: number;
}

/**
 * Who is connected to any node. Each node announces its users under its lease, and once more those who are idle at each of
 * their connections there: a user is there while one live node holds them, and away while every one that does holds
 * them as idle. A node that knows nothing of idle users announces none: its users are online. Of a node that died both go
 * when somebody sweeps up after it, within lease, delay and a beat.
 *
 * While Redis is away a node still knows its own active users, and says of the others that it does not know.
 */
export function createLeasedPresence(options: LeasedPresenceOptions): PresenceRegistry {
  const { membership, node, graceMs, onError } = options;
  const here = createLocalPresence({ node, ...(graceMs === undefined ? {} : { graceMs }) });
  const list = new ConnectionList(options);
  const listeners = new Set<(user: UserId, standing: Standing) => void>();

  const tell = (name: string, standing: Standing) => {
    const user = userId.safeParse(name);
    if (user.success) for (const listener of [...listeners]) listener(user.data, standing);
  };

  const standingHere = (name: string): Standing => {
    if (!users.held.has(name)) return "offline";
    return idle.held.has(name) ? "away" : "online";
  };

  const standingElsewhere = async (names: readonly string[]) => {
    const [there, asIdle] = await Promise.all([users.locator.locate(names), idle.locator.locate(names)]);
    const standings = names.map((_, index): Standing => {
      const others = there.holders[index]?.filter((holder) => holder !== membership.nodeId) ?? [];
      if (others.length === 0) return "offline";
      return others.every((holder) => asIdle.holders[index]?.includes(holder)) ? "away" : "online";
    });
    return { standings, isWhole: there.isWhole && asIdle.isWhole };
  };

  const news = new PresenceNews({ here: standingHere, elsewhere: standingElsewhere, tell, onError });
  const onAnnounced = (names: readonly string[]) => news.announced(names);
  const onRestored = () => undefined;

  // Registered first, so announced first at every beginning: nobody is taken for active in between.
  const idle = createRegister({ ...options, name: "idle", onAnnounced, onRestored });
  const users = createRegister({
    ...options,
    name: "users",
    onTurned({ appeared, vanished }) {
      for (const name of vanished) {
        news.told(name);
        tell(name, "offline");
      }
      for (const name of appeared) if (news.takeArrival(name)) tell(name, "online");
    },
    onAnnounced,
    onOrphaned: (names) => {
      for (const name of names) tell(name, "offline");
    },
    onThinned: (names) => news.doubt(names),
    onRestored,
  });

  here.onChange((user, standing) => {
    const before = standingHere(user);
    if (standing === "away") void idle.held.add(user);
    else idle.held.remove(user);
    if (standing === "offline") users.held.remove(user);
    else void users.held.add(user);
    if (before !== "away" || standing !== "online") return news.moved(user, before);
    // Whoever is active in one place is online, whatever the others say.
    news.told(user);
    tell(user, "online");
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

    setIdle(socketId, isIdle) {
      here.setIdle(socketId, isIdle);
      list.setIdle(socketId, isIdle);
    },

    async online(asked) {
      const found = new Set(asked.filter((user) => standingHere(user) === "online"));
      const away = new Set<UserId>();
      const others = asked.filter((user) => !found.has(user));
      if (others.length === 0) return { users: found, away, isWhole: true };
      try {
        const { standings, isWhole } = await standingElsewhere(others);
        others.forEach((user, index) => {
          const standing = together(standingHere(user), standings[index] ?? "offline");
          // Not all is known: they may be active where nobody has said so yet.
          if (standing === "offline" || (standing === "away" && !isWhole)) return;
          found.add(user);
          if (standing === "away") away.add(user);
        });
        return { users: found, away, isWhole };
      } catch (error) {
        onError(error);
        return { users: found, away, isWhole: false };
      }
    },

    connections: () => list.all(),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      await here.close();
      await Promise.all([users.held.idle(), idle.held.idle()]);
    },
  };
}

import type { UserId } from "@/lib/contract/ids";
import type { OnlineConnection, OnlineUser, Person, Presence } from "@/lib/contract/shapes";
import type { DeviceName } from "./device-name";
import type { Standing } from "./standing";

/** What is known of somebody's account for their presence. */
interface Known {
  lastSeenAt?: Date;
}

/**
 * Somebody's presence: `unknown` when there is no such account, or when it cannot be told now how they stand (`standing`
 * undefined).
 */
export function presenceOf(
  user: UserId,
  standing: Standing | undefined,
  account: Known | undefined,
): Presence {
  if (standing === "online" || standing === "away") return { userId: user, state: standing };
  if (account === undefined || standing === undefined) return { userId: user, state: "unknown" };
  const presence: Presence = { userId: user, state: "offline" };
  if (account.lastSeenAt !== undefined) presence.lastSeenAt = account.lastSeenAt.toISOString();
  return presence;
}

/** One open connection, for the list of who is online. */
interface OpenConnection {
  userId: UserId;
  device: string | undefined;
  node: string;
  since: Date;
  program?: DeviceName | undefined;
  idle?: boolean | undefined;
}

/**
 * Everybody who has a connection, by username. A connection that names no device counts as a device of its own: it may
 * be any program.
 */
export function onlineUsers(
  connections: readonly OpenConnection[],
  people: ReadonlyMap<UserId, Person>,
): OnlineUser[] {
  const online: OnlineUser[] = [];
  for (const [user, own] of byUser(connections)) {
    const person = people.get(user);
    if (person === undefined) continue;
    const named = own.flatMap((connection) => (connection.device === undefined ? [] : [connection.device]));
    const nameless = own.length - named.length;
    online.push({
      id: person.id,
      username: person.username,
      name: person.name,
      nodes: [...new Set(own.map((connection) => connection.node))].sort(),
      devices: new Set(named).size + nameless,
      sockets: own.length,
      ...(own.every((connection) => connection.idle === true) ? { away: true } : {}),
      since: new Date(Math.min(...own.map((connection) => connection.since.getTime()))).toISOString(),
      connections: own.map(toOnline).sort((one, other) => (one.since < other.since ? -1 : 1)),
    });
  }
  return online.sort((one, other) => (one.username < other.username ? -1 : 1));
}

function toOnline({ node, since, program, idle }: OpenConnection): OnlineConnection {
  return { node, ...program, since: since.toISOString(), ...(idle === true ? { idle } : {}) };
}

function byUser(connections: readonly OpenConnection[]): Map<UserId, OpenConnection[]> {
  const groups = new Map<UserId, OpenConnection[]>();
  for (const connection of connections) {
    const group = groups.get(connection.userId);
    if (group === undefined) groups.set(connection.userId, [connection]);
    else group.push(connection);
  }
  return groups;
}

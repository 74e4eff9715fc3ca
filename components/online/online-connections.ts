import type { OnlineConnection, OnlineUser } from "@/lib/contract/shapes";

/** One row of the list: a connection, and whose it is. */
export interface ConnectionRow {
  readonly key: string;
  readonly user: OnlineUser;
  readonly connection: OnlineConnection;
  /** The first of this user's: it shows who they are. */
  readonly isFirst: boolean;
}

/** A row for every connection. A node of an older version does not list them: then there is one for each node. */
export function connectionRows(users: readonly OnlineUser[]): ConnectionRow[] {
  return users.flatMap((user) => {
    const connections = user.connections ?? user.nodes.map((node) => ({ node, since: user.since }));
    return connections.map((connection, index) => ({
      ...{ user, connection },
      key: `${user.id} ${index}`,
      isFirst: index === 0,
    }));
  });
}

import type { DeviceId, UserId } from "@/lib/contract/ids";
import type { DeviceName } from "@/lib/domain/device-name";
import type { Standing } from "@/lib/domain/standing";

export interface Connection {
  socketId: string;
  userId: UserId;
  device: DeviceId | undefined;
  since: Date;
  /** What the program at the other end says it is. */
  program?: DeviceName;
  /** The person there does nothing. A connection that never said so counts as active. */
  idle?: boolean;
}

/** Who of those asked about is there. */
export interface OnlineAnswer {
  users: Set<UserId>;
  /** Those of `users` who do nothing at any of their connections, on any node. */
  away: Set<UserId>;
  /** False while it cannot be told of everybody: then whoever is not among `users` may be online all the same. */
  isWhole: boolean;
}

/** Who is connected, where. One node keeps it in memory; many share it through leases. */
export interface PresenceRegistry {
  connected(connection: Connection): void;
  disconnected(socketId: string): void;
  /** The person at this connection does nothing, or does something again. */
  setIdle(socketId: string, idle: boolean): void;
  /** Users with at least one open connection on any live node, out of these. */
  online(users: readonly UserId[]): Promise<OnlineAnswer>;
  /** Every open connection of the live nodes, with its node's name. */
  connections(): Promise<(Connection & { node: string })[]>;
  /**
   * Calls when a user came, went, went idle everywhere or became active again, on any node; returns the way to stop. Of
   * many nodes usually one calls, and that one tells the others. A user whose page reloads stays online: for the worse they
   * stand only after a few seconds without anything better.
   */
  onChange(listener: (user: UserId, standing: Standing) => void): () => void;
  /** Waits no longer for users without a connection to come back: they are offline now. Fulfilled when that is told. */
  close(): Promise<void>;
}

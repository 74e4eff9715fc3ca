import type { DeviceId, UserId } from "@/lib/contract/ids";
import type { DeviceName } from "@/lib/domain/device-name";

export interface Connection {
  socketId: string;
  userId: UserId;
  device: DeviceId | undefined;
  since: Date;
  /** What the program at the other end says it is. */
  program?: DeviceName;
}

/** Who of those asked about is there. */
export interface OnlineAnswer {
  users: Set<UserId>;
  /** False while it cannot be told of everybody: then whoever is not among `users` may be online all the same. */
  isWhole: boolean;
}

/** Who is connected, where. One node keeps it in memory; many share it through leases. */
export interface PresenceRegistry {
  connected(connection: Connection): void;
  disconnected(socketId: string): void;
  /** Users with at least one open connection on any live node, out of these. */
  online(users: readonly UserId[]): Promise<OnlineAnswer>;
  /** Every open connection of the live nodes, with its node's name. */
  connections(): Promise<(Connection & { node: string })[]>;
  /**
   * Calls when a user's first connection opened or the last one closed, on any node; returns the way to stop. Of many
   * nodes one calls, and that one tells the others. A user whose page reloads stays online: the last connection counts as
   * closed only after a few seconds without another.
   */
  onChange(listener: (user: UserId, online: boolean) => void): () => void;
  /** Waits no longer for users without a connection to come back: they are offline now. Fulfilled when that is told. */
  close(): Promise<void>;
}

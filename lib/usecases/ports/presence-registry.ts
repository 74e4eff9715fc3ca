import type { DeviceId, UserId } from "@/lib/contract/ids";

export interface Connection {
  socketId: string;
  userId: UserId;
  device: DeviceId | undefined;
  since: Date;
}

/** Who is connected, where. One node keeps it in memory; many share it through leases. */
export interface PresenceRegistry {
  connected(connection: Connection): void;
  disconnected(socketId: string): void;
  /** Users with at least one open connection on any live node, out of these. */
  online(users: readonly UserId[]): Promise<Set<UserId>>;
  /** Every open connection with its node's name. */
  connections(): Promise<(Connection & { node: string })[]>;
  /**
   * Calls when a user's first connection opened or the last one closed; returns the way to stop. A user whose page
   * reloads stays online: the last one counts as closed only after a few seconds without another.
   */
  onChange(listener: (user: UserId, online: boolean) => void): () => void;
  /** Waits no longer for users without a connection to come back: they are offline now. */
  close(): void;
}

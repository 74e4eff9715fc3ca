import type { Membership } from "../leases/membership";
import type { RedisConnections } from "../redis/connect-redis";
import type { GapReason } from "../routing/gap-alarm";
import type { AdapterMessage, PacketMessage } from "./message";

/** A namespace's adapter, as the bus sees it. */
export interface NamespaceReceiver {
  /** True when somebody here wanted it. */
  receivePacket(message: PacketMessage): boolean;
  /** True when somebody here wanted it. */
  receiveMessage(content: AdapterMessage["content"], from: string): boolean;
  /** These nodes are live; the others may be forgotten. */
  keep(live: ReadonlySet<string>): void;
}

export interface BusOptions {
  readonly redis: RedisConnections;
  /** Not started yet: the bus registers with it first. */
  readonly membership: Membership;
  readonly newEpoch: () => string;
  /** This node may have missed something for its clients: they should fetch. At most about once a second. */
  readonly onGap: (reason: GapReason) => void;
  readonly onError: (error: unknown) => void;
  /** About so many entries are kept for a node that lags. Default 4,096. */
  readonly maxLength?: number;
  /** So many messages wait while Redis is away. Default 20,000. */
  readonly maxQueued?: number;
}

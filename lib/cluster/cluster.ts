import type { Adapter } from "socket.io-adapter";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import type { NodeInfo } from "./leases/node-info";
import type { GapReason } from "./routing/gap-alarm";
import type { AdapterNamespace } from "./routing/routing";
import type { RoutingStats } from "./routing/routing-stats";

/** This node among the others, or alone. */
export interface Cluster {
  readonly routing: "local" | "directed" | "broadcast";
  /** For Socket.IO; undefined: its own, which stays in this process. */
  readonly adapter: ((namespace: AdapterNamespace) => Adapter) | undefined;
  readonly presence: PresenceRegistry;
  /** Calls, at most about once a second, when this node may have missed something for its clients. */
  onGap(listener: (reason: GapReason) => void): void;
  /**
   * Joins the others. Returns without Redis too, and joins when it is there.
   *
   * @throws ClusterRefusedError when the running nodes have another routing.
   */
  start(): Promise<void>;
  /** Whether the bus answers within so many milliseconds; true for a node that is alone. Never rejects. */
  answers(withinMs: number): Promise<boolean>;
  /** What the live nodes say of themselves, by id, this one among them. */
  nodes(): Promise<ReadonlyMap<string, NodeInfo>>;
  /** Tells the others at once what this node says of itself, without waiting for the next beat. */
  report(): void;
  /** What was read from and written to the bus; undefined for a node that is alone. */
  stats(): RoutingStats | undefined;
  /** Sends what waits and leaves. Close Socket.IO before. */
  close(): Promise<void>;
}

/** This node does not fit the running ones; the message is a sentence for the operator. */
export class ClusterRefusedError extends Error {
  constructor(routing: string, theirs: string) {
    const [other = theirs] = theirs.split("/");
    super(
      other === routing
        ? `This version of Homing and that of the running nodes do not understand each other's ROUTING=${routing}: stop those first.`
        : `ROUTING=${routing} does not fit this cluster: its running nodes have ROUTING=${other}. Give all nodes the same, or stop the others first.`,
    );
    this.name = "ClusterRefusedError";
  }
}

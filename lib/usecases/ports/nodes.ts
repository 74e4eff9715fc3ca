/** What a node says of itself. Counts begin with its process. */
export interface NodeFacts {
  /** Names one life of the node's process: another one after a restart. */
  instance: string;
  /** As operators called it. */
  name: string;
  version: string;
  uptimeMs: number;
  /** Goes up with every report of the node: the same one twice says nothing new. */
  report: number;
  routing: "local" | "directed" | "broadcast";
  /** It lets nobody in, by an operator's wish or since it is stopping. */
  isDraining: boolean;
  /** With a connection here. */
  users: number;
  sockets: number;
  /** From the bus; those that were for nobody here are the waste of the routing. */
  messagesRead: number;
  messagesWanted: number;
  bytesRead: number;
  /** Messages that at least one node did not get from this one by the bus. */
  publishFailures: number;
  /** How late the event loop was at worst in 99 of 100 looks lately. */
  loopLagMs: number;
}

/** The nodes of the cluster, or the only one. */
export interface Nodes {
  /**
   * The live ones by name, as of a few seconds ago.
   *
   * @throws HomingError `unavailable` while the bus does not say
   */
  list(): Promise<NodeFacts[]>;
  /** Tells a node to drain, or to let people in again. False when it did not answer. */
  setDraining(instance: string, draining: boolean): Promise<boolean>;
}

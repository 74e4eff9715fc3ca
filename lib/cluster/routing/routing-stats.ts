/**
 * What the routing of one process counted since it started. Messages are what was emitted or asked; entries are what
 * stands in the streams, one or more messages each. The accounts and heartbeats that nodes send each other always are
 * left out, except in `control`.
 */
export interface RoutingStats {
  /** Entries read from the bus, and those of them with a message that was for somebody here. */
  entriesRead: number;
  entriesWanted: number;
  messagesRead: number;
  /** Messages read that had a recipient here: the others were a waste. */
  messagesWanted: number;
  bytesRead: number;
  entriesWritten: number;
  messagesWritten: number;
  bytesWritten: number;
  /** Messages that at least one node did not get: refused by Redis, no answer, too many or too old to wait. */
  publishFailures: number;
  /** Messages that may get lost and did, since others were waiting already. */
  volatileDropped: number;
  /** Messages that went to all nodes since the registry was not whole. */
  fallbacks: number;
  /** Entries that came twice and were dropped. */
  repeats: number;
  /** How often this node found that it may have missed something. */
  gaps: number;
  /** Messages that nodes send each other always: accounts and heartbeats. */
  control: number;
  /** Messages that wait to be published now. */
  queued: number;
}

export function emptyStats(): RoutingStats {
  return {
    entriesRead: 0,
    entriesWanted: 0,
    messagesRead: 0,
    messagesWanted: 0,
    bytesRead: 0,
    entriesWritten: 0,
    messagesWritten: 0,
    bytesWritten: 0,
    publishFailures: 0,
    volatileDropped: 0,
    fallbacks: 0,
    repeats: 0,
    gaps: 0,
    control: 0,
    queued: 0,
  };
}

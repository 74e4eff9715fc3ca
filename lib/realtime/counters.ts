/** What happened at this node's gateway since it started. */
export interface Counters {
  handshakesAccepted: number;
  handshakesRefused: number;
  eventsAccepted: number;
  /** Answered with an error that the caller can do something about. */
  eventsRefused: number;
  /** Errors nobody expected, each of them in the log. */
  unexpectedErrors: number;
  fanOutFailures: number;
  sweepFailures: number;
  floodsClosed: number;
  slowConsumersClosed: number;
  /** How often all clients here were told to fetch anew. */
  resyncs: number;
}

export function createCounters(): Counters {
  return {
    handshakesAccepted: 0,
    handshakesRefused: 0,
    eventsAccepted: 0,
    eventsRefused: 0,
    unexpectedErrors: 0,
    fanOutFailures: 0,
    sweepFailures: 0,
    floodsClosed: 0,
    slowConsumersClosed: 0,
    resyncs: 0,
  };
}

/** Metrics that are one number each, read when somebody asks: name, what it says, where it stands. */
export type Reading = readonly [name: string, help: string, read: () => number];

/** What the gateway counts. */
export interface GatewayCounts {
  readonly handshakesAccepted: number;
  readonly handshakesRefused: number;
  readonly unexpectedErrors: number;
  readonly fanOutFailures: number;
  readonly sweepFailures: number;
  readonly floodsClosed: number;
  readonly slowConsumersClosed: number;
  readonly resyncs: number;
}

/** What the routing counts. */
export interface BusCounts {
  readonly entriesRead: number;
  readonly entriesWanted: number;
  readonly messagesRead: number;
  readonly messagesWanted: number;
  readonly bytesRead: number;
  readonly entriesWritten: number;
  readonly messagesWritten: number;
  readonly bytesWritten: number;
  readonly publishFailures: number;
  readonly volatileDropped: number;
  readonly fallbacks: number;
  readonly repeats: number;
  readonly gaps: number;
  readonly control: number;
  readonly queued: number;
}

export function gatewayReadings(counts: GatewayCounts): Reading[] {
  return [
    ["homing_handshakes_accepted_total", "Connections let in.", () => counts.handshakesAccepted],
    ["homing_handshakes_refused_total", "Connections refused.", () => counts.handshakesRefused],
    ["homing_unexpected_errors_total", "Errors nobody foresaw; see the log.", () => counts.unexpectedErrors],
    ["homing_fan_out_failures_total", "Events that could not be sent out.", () => counts.fanOutFailures],
    ["homing_sweep_failures_total", "Sweeps of ended sessions that failed.", () => counts.sweepFailures],
    ["homing_floods_closed_total", "Connections closed since they sent too much.", () => counts.floodsClosed],
    [
      "homing_slow_consumers_closed_total",
      "Connections closed since they read too slowly.",
      () => counts.slowConsumersClosed,
    ],
    ["homing_resyncs_total", "How often all clients here were told to fetch anew.", () => counts.resyncs],
  ];
}

/** `read` gives the same object or a newer one at every call. */
export function busReadings(read: () => BusCounts): Reading[] {
  return [
    ["homing_bus_entries_read_total", "Entries read from the bus.", () => read().entriesRead],
    [
      "homing_bus_entries_wanted_total",
      "Those with a message for somebody here.",
      () => read().entriesWanted,
    ],
    ["homing_bus_messages_read_total", "Messages read from the bus.", () => read().messagesRead],
    ["homing_bus_messages_wanted_total", "Those for somebody here.", () => read().messagesWanted],
    ["homing_bus_bytes_read_total", "Bytes of the messages read.", () => read().bytesRead],
    ["homing_bus_entries_written_total", "Entries written to the bus.", () => read().entriesWritten],
    ["homing_bus_messages_written_total", "Messages written to the bus.", () => read().messagesWritten],
    ["homing_bus_bytes_written_total", "Bytes of the messages written.", () => read().bytesWritten],
    [
      "homing_bus_publish_failures_total",
      "Messages that at least one node did not get.",
      () => read().publishFailures,
    ],
    [
      "homing_bus_volatile_dropped_total",
      "Messages that may get lost and did, since others waited.",
      () => read().volatileDropped,
    ],
    [
      "homing_bus_fallbacks_total",
      "Messages sent to all nodes since it was not known which ones they concern.",
      () => read().fallbacks,
    ],
    ["homing_bus_repeats_total", "Entries that came twice and were dropped.", () => read().repeats],
    ["homing_bus_gaps_total", "How often something may have been missed.", () => read().gaps],
    ["homing_bus_control_total", "Messages of the nodes among themselves.", () => read().control],
  ];
}

/** Somebody who sends to one other person, and that other person's device. */
export interface Pair {
  /** Resolves at the acknowledgement; rejects when the send was refused. */
  send(body: string): Promise<void>;
  /** From now on calls this one listener for every message that reaches the recipient, with its body. */
  onDelivery(listener: (body: string) => void): void;
}

/** CPU time in microseconds, by who used it. */
export interface CpuTimes {
  servers: number;
  /** PostgreSQL with all its processes. */
  database: number;
  bus: number;
}

/** A running server under measurement. */
export interface RunningTarget {
  pairs: readonly Pair[];
  /** What was used so far. */
  cpuTimes(): Promise<CpuTimes>;
  stop(): Promise<void>;
}

export interface Target {
  name: string;
  /** Brings a fresh server up, with this many pairs connected. */
  start(pairs: number): Promise<RunningTarget>;
}

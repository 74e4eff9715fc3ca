/** Somebody who sends to one other person, and that other person's device. */
export interface Pair {
  /** Resolves at the acknowledgement; rejects when the send was refused. */
  send(body: string): Promise<void>;
  /** From now on calls this one listener for every message that reaches the recipient, with its body. */
  onDelivery(listener: (body: string) => void): void;
}

/** A running server under measurement. */
export interface RunningTarget {
  pairs: readonly Pair[];
  /** CPU time in microseconds that the server's process has used so far. */
  cpuMicroseconds(): Promise<number>;
  stop(): Promise<void>;
}

export interface Target {
  name: string;
  /** Brings a fresh server up, with this many pairs connected. */
  start(pairs: number): Promise<RunningTarget>;
}

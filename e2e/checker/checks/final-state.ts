import type { MessageView } from "../history";

/** A conversation's head as a fresh snapshot shows it to one user. */
export interface FinalHead {
  user: string;
  conversation: string;
  node: string;
  lastSeq: number;
  lastRev: number;
  readSeq: number;
  unread: number;
}

/** What a device believes at the end, made of its snapshots and changes alone. */
export interface FinalView {
  user: string;
  device: string;
  conversation: string;
  rev: number;
  messages: MessageView[];
  readSeq: number;
  unread: number;
}

/** The whole history of a conversation as one node tells it to one user. */
export interface FinalReading {
  user: string;
  node: string;
  conversation: string;
  messages: MessageView[];
  /** Of all changes, from the first. */
  revs: number[];
}

/** Everything that is to be seen when all faults are healed and nothing moves any more. */
export interface FinalState {
  readings: FinalReading[];
  heads: FinalHead[];
  views: FinalView[];
}

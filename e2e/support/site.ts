/** A Homing that is up, on one node or many. */
export interface Site {
  /** Where people go. */
  readonly url: string;
  /** Runs the operator's command line against its data; gives what it printed. */
  operate(words: readonly string[], input?: string): Promise<string>;
}

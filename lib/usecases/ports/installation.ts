/** The installation as a whole. */
export interface Installation {
  /** Has every client fetch anew what it knows: the database is not the one that they knew, or an older state of it. */
  renewEpoch(): Promise<void>;
}

/** The wall clock, as a port so that tests own it. */
export interface Clock {
  now(): Date;
}

/** Randomness, as a port so that tests own it. */
export interface Randomness {
  uuid(): string;
  /** A secret of this many random bytes in base64url. */
  secret(bytes: number): string;
}

/** argon2id, bounded in number so that hashing never starves the message path. Rejects with `unavailable` when too many wait. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
  /** Costs what a verification costs: for a user who does not exist. Always false. */
  verifyNobody(password: string): Promise<false>;
  isCommon(password: string): boolean;
}

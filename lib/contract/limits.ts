/** The limits a client may rely on. A value beyond one is refused with `bad_request` or `too_large`, never quietly cut. */
export const LIMITS = {
  /** UTF-16 code units of a message body. */
  bodyCharacters: 8_000,
  /** Bytes of one frame on the wire; a larger one closes the socket. */
  frameBytes: 64 * 1024,
  historyPage: 100,
  changesPage: 500,
  presenceWatch: 500,
  peoplePage: 100,
  searchCharacters: 64,
  groupTitleCharacters: 100,
  groupMembers: 1_000,
  /** A head names at most this many members, and says how many there are. */
  headMembers: 50,
  displayNameCharacters: 64,
  usernameCharacters: 32,
  passwordCharacters: { min: 8, max: 128 },
  /** How long a client waits for a missing revision before it fetches it. */
  gapWaitMs: 500,
} as const;

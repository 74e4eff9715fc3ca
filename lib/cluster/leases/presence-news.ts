import { isLower, type Standing, together } from "@/lib/domain/standing";

export interface PresenceNewsOptions {
  /** How a user stands on this node now. */
  readonly here: (user: string) => Standing;
  /** How users stand on the other nodes taken together, in their order; not `isWhole`: some may stand better than that. */
  readonly elsewhere: (
    users: readonly string[],
  ) => Promise<{ readonly standings: readonly Standing[]; readonly isWhole: boolean }>;
  readonly tell: (user: string, standing: Standing) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Finds out what a change on this node means for users who are on other nodes too: whether they stand otherwise than
 * before, all nodes together. A change is announced first and looked at afterwards: of two nodes with a change at the
 * same time the later one sees both.
 */
export class PresenceNews {
  readonly #options: PresenceNewsOptions;
  /** How they stood here before what is not announced yet. */
  readonly #moved = new Map<string, Standing>();
  /** The same, announced, and to be looked at. */
  #due = new Map<string, Standing>();
  #isWorking = false;

  constructor(options: PresenceNewsOptions) {
    this.#options = options;
  }

  /** A user stands otherwise here than before. */
  moved(user: string, before: Standing): void {
    if (!this.#moved.has(user)) this.#moved.set(user, before);
  }

  /** Whether a user came and nobody was told yet; it is taken as told now. After a loss nobody comes: nothing is told. */
  takeArrival(user: string): boolean {
    if (this.#moved.get(user) !== "offline" || this.#options.here(user) !== "online") return false;
    this.told(user);
    return true;
  }

  /** What happened to a user so far is told. */
  told(user: string): void {
    this.#moved.delete(user);
    this.#due.delete(user);
  }

  /** The other nodes can see how these users stand here. */
  announced(users: readonly string[]): void {
    for (const user of users) {
      const before = this.#moved.get(user);
      if (before === undefined) continue;
      this.#moved.delete(user);
      if (!this.#due.has(user)) this.#due.set(user, before);
    }
    this.#start();
  }

  /** A node is gone where these users may have been active; others hold them still. */
  doubt(users: readonly string[]): void {
    for (const user of users) this.#due.set(user, "online");
    this.#start();
  }

  #start(): void {
    if (this.#due.size > 0 && !this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    let lot = this.#due;
    try {
      while (this.#due.size > 0) {
        lot = this.#due;
        this.#due = new Map();
        await this.#look(lot);
      }
    } catch (error) {
      // Looked at again with the next change: when nothing can be looked up, nothing can be announced either.
      for (const [user, before] of lot) this.#due.set(user, before);
      this.#options.onError(error);
    } finally {
      this.#isWorking = false;
    }
  }

  async #look(lot: ReadonlyMap<string, Standing>): Promise<void> {
    const { here, elsewhere, tell } = this.#options;
    const { standings, isWhole } = await elsewhere([...lot.keys()]);
    [...lot].forEach(([user, before], index) => {
      const others = standings[index] ?? "offline";
      const now = together(here(user), others);
      if (now === together(before, others)) return;
      // Somewhere they may stand better than is known now.
      if (isLower(now, "online") && !isWhole) return;
      tell(user, now);
    });
  }
}

import type { UserId } from "@/lib/contract/ids";
import { userId } from "@/lib/contract/ids";
import type { Presence } from "@/lib/contract/shapes";
import type { RealtimeFanOut } from "./fan-out";
import { watchedUserOf } from "./rooms";

/** Users asked about at once. */
const CHUNK = 1_000;

export interface PresenceRefreshOptions {
  /** The rooms of this node. */
  rooms(): Iterable<string>;
  standingOf(users: readonly UserId[]): Promise<Presence[]>;
  fanOut: Pick<RealtimeFanOut, "presenceHere">;
}

/**
 * The net below what nodes tell each other about people who come and go: looks up how everybody stands who is watched
 * here, each once however many watch, and tells what changed since the last look.
 */
export class PresenceRefresh {
  readonly #options: PresenceRefreshOptions;
  #seen = new Map<UserId, Presence["state"]>();

  constructor(options: PresenceRefreshOptions) {
    this.#options = options;
  }

  /** Something may have been missed: the next look tells everything. */
  mistrust(): void {
    this.#seen.clear();
  }

  async look(): Promise<void> {
    const before = this.#seen;
    const now = new Map<UserId, Presence["state"]>();
    this.#seen = now;
    const watched = this.#watched();
    for (let start = 0; start < watched.length; start += CHUNK) {
      for (const presence of await this.#options.standingOf(watched.slice(start, start + CHUNK))) {
        now.set(presence.userId, presence.state);
        if (before.get(presence.userId) !== presence.state) this.#options.fanOut.presenceHere(presence);
      }
    }
  }

  #watched(): UserId[] {
    const users: UserId[] = [];
    for (const room of this.#options.rooms()) {
      const user = userId.safeParse(watchedUserOf(room));
      if (user.success) users.push(user.data);
    }
    return users;
  }
}

import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { ConversationStore } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";

/** Heads are read and sent for so many members at a time: each names up to 50 members. */
const AT_ONCE = 50;

interface Rounds {
  current: Promise<void>;
  /** Who came while a round was under way: its snapshot may be older than what they are to be told. */
  next?: { users: Set<UserId>; done: Promise<void> };
}

/**
 * Sends users the head of a conversation as each sees it. One round at a time a conversation, so that a head is never
 * followed by an older one from this node; what comes meanwhile is gathered into the next round.
 */
export class HeadTeller {
  readonly #ports: { store: Pick<ConversationStore, "headsOfMembers">; fanOut: Pick<FanOut, "head"> };
  readonly #rounds = new Map<ConversationId, Rounds>();

  constructor(ports: { store: Pick<ConversationStore, "headsOfMembers">; fanOut: Pick<FanOut, "head"> }) {
    this.#ports = ports;
  }

  /** Resolves when those who are members were told; rejects with `unavailable` when the store does not answer. */
  tell(conversation: ConversationId, users: Iterable<UserId>): Promise<void> {
    const rounds = this.#rounds.get(conversation);
    if (rounds === undefined) return this.#start(conversation, new Set(users));
    rounds.next ??= this.#queue(conversation);
    for (const user of users) rounds.next.users.add(user);
    return rounds.next.done;
  }

  /** Resolves when the round under way is over, however it ended: then whoever left hears no head any more. */
  async quiet(conversation: ConversationId): Promise<void> {
    await Promise.allSettled([this.#rounds.get(conversation)?.current]);
  }

  #queue(conversation: ConversationId): NonNullable<Rounds["next"]> {
    const users = new Set<UserId>();
    return { users, done: this.quiet(conversation).then(() => this.#start(conversation, users)) };
  }

  #start(conversation: ConversationId, users: ReadonlySet<UserId>): Promise<void> {
    const rounds: Rounds = { current: this.#round(conversation, [...users]) };
    this.#rounds.set(conversation, rounds);
    const finish = () => {
      if (rounds.next === undefined) this.#rounds.delete(conversation);
    };
    rounds.current.then(finish, finish);
    return rounds.current;
  }

  async #round(conversation: ConversationId, users: readonly UserId[]): Promise<void> {
    for (let start = 0; start < users.length; start += AT_ONCE) {
      const some = users.slice(start, start + AT_ONCE);
      for (const { user, head } of await this.#ports.store.headsOfMembers(conversation, some)) {
        this.#ports.fanOut.head(user, head);
      }
    }
  }
}

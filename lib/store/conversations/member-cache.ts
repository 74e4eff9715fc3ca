import type { ConversationId, UserId } from "@/lib/contract/ids";

/** Member ids in memory, all conversations together. */
const MOST_IDS = 200_000;

export interface KnownMembers {
  version: number;
  ids: readonly UserId[];
}

/**
 * Who is in a conversation at a `member_version`: the statements get the version that is known here and give the ids
 * only when theirs is another one. What was used least recently goes first.
 */
export class MemberCache {
  readonly #entries = new Map<ConversationId, KnownMembers>();
  readonly #mostIds: number;
  #ids = 0;

  constructor(mostIds = MOST_IDS) {
    this.#mostIds = mostIds;
  }

  get(conversation: ConversationId): KnownMembers | undefined {
    const known = this.#entries.get(conversation);
    if (known === undefined) return undefined;
    this.#entries.delete(conversation);
    this.#entries.set(conversation, known);
    return known;
  }

  set(conversation: ConversationId, known: KnownMembers): void {
    this.#remove(conversation);
    this.#entries.set(conversation, known);
    this.#ids += known.ids.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#ids <= this.#mostIds || oldest === conversation) break;
      this.#remove(oldest);
    }
  }

  #remove(conversation: ConversationId): void {
    this.#ids -= this.#entries.get(conversation)?.ids.length ?? 0;
    this.#entries.delete(conversation);
  }
}

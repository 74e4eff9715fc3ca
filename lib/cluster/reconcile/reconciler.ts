import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import type { Logger } from "@/lib/ops/log";
import { startLoop } from "@/lib/ops/loop";
import type { ConversationStore } from "@/lib/usecases/ports/conversation-store";
import type { RecentChanges, RecentlyChanged } from "@/lib/usecases/ports/recent-changes";
import { type MissedCursor, MissedCursors } from "./missed-cursors";
import type { ToldHints } from "./told-hints";

export interface ReconcilerOptions {
  readonly recent: Pick<RecentChanges, "within" | "membersOf">;
  readonly store: Pick<ConversationStore, "headsOfMembers">;
  readonly told: ToldHints;
  /** Whether a user has a connection here. */
  readonly isHere: (user: UserId) => boolean;
  /** To the devices here only. */
  readonly tell: {
    headHere(user: UserId, head: Head): void;
    goneHere(user: UserId, conversation: ConversationId): void;
  };
  /** The database did not answer for so long that what was missed meanwhile is not known. */
  readonly onBlind: () => void;
  readonly log: Logger;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly everyMs?: number;
}

/** Two rounds find what was missed: what one round saw and nobody brought until the next one. So within 7 s. */
const EVERY_MS = 3_000;
/** A transaction shows when it commits, with the time when it began: so long it may take and is still found. */
const OVERLAP_MS = 10_000;
/** Asked about are at most so many milliseconds. */
const LONGEST_MS = 55_000;
const CONVERSATIONS_A_QUERY = 1_000;
/** Each head names up to 50 members. */
const HEADS_A_QUERY = 50;

/**
 * Bounds what a lost hint costs. The store says what changed lately and whose cursors moved; what of it did not come here
 * by the bus, for whatever reason, is told to those members who are connected here, as the conversation's head. Its work
 * follows the activity, not the users.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  /** What the last round saw and had not come until then. */
  #expected = new Map<ConversationId, number>();
  readonly #cursors: MissedCursors;
  #askedAt: number;
  #repairs = 0;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;

  constructor(options: ReconcilerOptions) {
    const { log, now, everyMs = EVERY_MS } = options;
    this.#options = options;
    this.#cursors = new MissedCursors(options.told.cursors, options.isHere);
    this.#askedAt = now();
    const onError = (error: unknown) => log.warn({ err: error }, "could not ask what changed lately");
    const loop = { every: everyMs, longestPause: everyMs, signal: this.#stop.signal, onError };
    this.#ended = startLoop(loop, () => this.#round());
  }

  /** Fulfilled when the round under way is over. Never rejects. */
  async stop(): Promise<void> {
    this.#stop.abort("stopping");
    await this.#ended;
  }

  /** Conversations of which people here were told what the bus had not brought. */
  get repairs(): number {
    return this.#repairs;
  }

  async #round(): Promise<void> {
    const { recent, told, onBlind, now, log } = this.#options;
    const startedAt = now();
    const sinceLast = startedAt - this.#askedAt;
    const changed = await recent.within(Math.min(sinceLast, LONGEST_MS) + OVERLAP_MS);
    this.#askedAt = startedAt;
    if (sinceLast > LONGEST_MS) onBlind();
    const unseen = changed.conversations.filter(({ id, rev }) => !told.revisions.has(id, rev));
    const missed = unseen.filter(({ id }) => {
      const expected = this.#expected.get(id);
      return expected !== undefined && !told.revisions.has(id, expected);
    });
    this.#expected = new Map(unseen.map(({ id, rev }) => [id, rev]));
    const repaired = new Set<ConversationId>();
    for (const some of slices(missed, CONVERSATIONS_A_QUERY)) {
      for (const id of await this.#repair(some, changed.removals)) repaired.add(id);
    }
    for (const some of slices(this.#cursors.round(changed.cursors), CONVERSATIONS_A_QUERY)) {
      await this.#repairCursors(some, repaired);
    }
    if (repaired.size === 0) return;
    this.#repairs += repaired.size;
    log.warn(
      { conversations: repaired.size },
      "told people here what the other nodes' hints had not brought",
    );
  }

  /** Gives the conversations of which people here were told. */
  async #repair(
    missed: readonly RecentlyChanged["conversations"][number][],
    removals: RecentlyChanged["removals"],
  ): Promise<ConversationId[]> {
    const { told, isHere, tell } = this.#options;
    const membersOf = await this.#membersOf(missed.map(({ id }) => id));
    const repaired: ConversationId[] = [];
    for (const { id, rev } of missed) {
      const members = membersOf.get(id) ?? new Set();
      const here = [...members].filter(isHere);
      await this.#tellHeads(id, here);
      const gone = removals.filter(
        (removal) => removal.conversationId === id && !members.has(removal.userId),
      );
      for (const { userId } of gone) if (isHere(userId)) tell.goneHere(userId, id);
      told.change(id, rev);
      if (here.length > 0) repaired.push(id);
    }
    return repaired;
  }

  /** The same for cursors: a head holds where everybody's stand, so each is told once a conversation. Adds to `repaired`. */
  async #repairCursors(missed: readonly MissedCursor[], repaired: Set<ConversationId>): Promise<void> {
    const { isHere, told } = this.#options;
    const membersOf = await this.#membersOf(missed.map(({ cursor }) => cursor.conversationId));
    const ofConversations = new Map<ConversationId, MissedCursor[]>();
    for (const one of missed) {
      const { conversationId: id } = one.cursor;
      ofConversations.set(id, [...(ofConversations.get(id) ?? []), one]);
    }
    for (const [id, list] of ofConversations) {
      const users = [...(membersOf.get(id) ?? [])].filter(
        (user) =>
          isHere(user) && list.some(({ cursor, own, others }) => (user === cursor.userId ? own : others)),
      );
      const isTold = repaired.has(id);
      // What comes by the bus meanwhile is the newer word.
      const before = list.map(({ cursor }) => told.cursors.receipt(cursor.userId, id));
      if (!isTold) await this.#tellHeads(id, users);
      for (const [index, { cursor }] of list.entries()) {
        if (told.cursors.receipt(cursor.userId, id) === before[index]) told.receipt(cursor);
      }
      if (users.length > 0) repaired.add(id);
    }
  }

  async #membersOf(conversations: readonly ConversationId[]): Promise<Map<ConversationId, Set<UserId>>> {
    const lists = await this.#options.recent.membersOf([...new Set(conversations)]);
    return new Map(lists.map(({ id, members }) => [id, new Set(members)]));
  }

  async #tellHeads(conversation: ConversationId, users: readonly UserId[]): Promise<void> {
    const { store, tell } = this.#options;
    for (const some of slices(users, HEADS_A_QUERY)) {
      for (const { user, head } of await store.headsOfMembers(conversation, some)) tell.headHere(user, head);
    }
  }
}

function* slices<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

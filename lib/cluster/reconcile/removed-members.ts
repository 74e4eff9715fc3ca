import type { Removal } from "@/lib/usecases/ports/recent-changes";
import type { ReceivedHint } from "./received-hint";

/** What Redis kept back for longer than this is not expected any more, in milliseconds. */
const REMEMBERED_MS = 10 * 60_000;

/** So long after the store said it last, somebody may be in again without this node having heard. */
const SURE_MS = 15_000;

/**
 * Who was removed from which conversation lately, as the store says. Hints that a slow or returning Redis brings late were
 * for members when they were sent; this tells who must not hear them any more.
 */
export class RemovedMembers {
  readonly #now: () => number;
  /** Conversation → user → the removal. */
  readonly #removed = new Map<string, Map<string, { rev: number; isMember: boolean; at: number }>>();
  #oldest = Number.POSITIVE_INFINITY;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes in what the store said of the latest removals. */
  take(removals: readonly Removal[]): void {
    const at = this.#now();
    for (const { conversationId, userId, rev, isMember } of removals) {
      const users = this.#removed.get(conversationId) ?? new Map();
      this.#removed.set(conversationId, users.set(userId, { rev, isMember, at }));
      this.#oldest = Math.min(this.#oldest, at);
    }
    if (at - this.#oldest > REMEMBERED_MS) this.#forget(at);
  }

  /** A head with what came after the removal went to the user: they are a member again. */
  isBack(user: string, conversation: string, rev: number): void {
    const removal = this.#removed.get(conversation)?.get(user);
    if (removal !== undefined && rev > removal.rev) removal.isMember = true;
  }

  /** Those of `users` for whom the hint comes too late. Usually looks up one conversation and is done. */
  mustNotHear(hint: ReceivedHint, users: Iterable<string>): string[] {
    const removed = this.#removed.get(conversationOf(hint));
    if (removed === undefined) return [];
    const rev = revOf(hint);
    const now = this.#now();
    return [...users].filter((user) => {
      const removal = removed.get(user);
      if (removal === undefined) return false;
      if (rev !== undefined) return rev <= removal.rev;
      return !removal.isMember && now - removal.at < SURE_MS;
    });
  }

  #forget(now: number): void {
    this.#oldest = Number.POSITIVE_INFINITY;
    for (const [conversation, users] of this.#removed) {
      for (const [user, { at }] of users) {
        if (now - at > REMEMBERED_MS) users.delete(user);
        else this.#oldest = Math.min(this.#oldest, at);
      }
      if (users.size === 0) this.#removed.delete(conversation);
    }
  }
}

function conversationOf(hint: ReceivedHint): string {
  if (hint.kind === "head") return hint.head.id;
  return hint.kind === "receipt" ? hint.receipt.conversationId : hint.conversationId;
}

/** What happens at no revision shows only who is a member now. */
function revOf(hint: ReceivedHint): number | undefined {
  if (hint.kind === "change") return hint.rev;
  return hint.kind === "head" ? hint.head.lastRev : undefined;
}

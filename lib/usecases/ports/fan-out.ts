import type { ConversationId, SessionId, UserId } from "@/lib/contract/ids";
import type { ServerEvents, SessionEndReason } from "@/lib/contract/server-events";
import type { Change, Head, Receipt } from "@/lib/contract/shapes";

/**
 * Tells connected devices what was committed. Only use cases call it, only after COMMIT. Nothing here is awaited or
 * fails the caller: what gets lost is found again by revision, `sync` and the reconciler.
 */
export interface FanOut {
  /**
   * To every device of the members. A message's `clientId` reaches its sender's devices only: the fan-out strips it
   * for the others.
   */
  change(members: readonly UserId[], change: Change): void;
  /** To every device of one user. */
  head(user: UserId, head: Head): void;
  /** To every device of one user: they are no member any more; the last thing they hear of it. */
  gone(user: UserId, conversation: ConversationId): void;
  receipt(members: readonly UserId[], receipt: Receipt): void;
  /** Tells the sockets of these sessions or API tokens why, and closes them. */
  endCredentials(ids: readonly (SessionId | string)[], reason: SessionEndReason): void;
}

/** What may get lost without anybody repairing it. */
export interface LossyFanOut {
  /** To every device of these users that can take it at once. */
  typing(users: readonly UserId[], typing: ServerEvents["typing"]): void;
}

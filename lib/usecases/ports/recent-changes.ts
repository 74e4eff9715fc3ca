import type { ConversationId, UserId } from "@/lib/contract/ids";

export interface RecentlyChanged {
  /** With the last revision as it is now; a conversation that is new counts, also without any change. */
  conversations: { id: ConversationId; rev: number }[];
  removals: Removal[];
  cursors: MovedCursor[];
}

/** Who was removed or left, with the latest revision of that. */
export interface Removal {
  conversationId: ConversationId;
  userId: UserId;
  rev: number;
  /** Whether they are in again. */
  isMember: boolean;
}

/** A member's cursors that moved, as they are now. */
export interface MovedCursor {
  conversationId: ConversationId;
  userId: UserId;
  readSeq: number;
  deliveredSeq: number;
  /** Whether the read cursor moved, which the member's own devices hear of. */
  hasRead: boolean;
  /** Whether the other members hear of it: not where they are too many. */
  hasReceipts: boolean;
}

/** What the store saw change lately, for whoever may have missed being told. */
export interface RecentChanges {
  /** By the clock of the database, in milliseconds back from now. Costs with what changed, not with what there is. */
  within(ms: number): Promise<RecentlyChanged>;
  /** Of {@link within} the removals alone. */
  removals(ms: number): Promise<Removal[]>;
  /** Forgets what happened longer ago than anybody asks for. Several nodes may do it. */
  forgetOld(): Promise<void>;
  membersOf(conversations: readonly ConversationId[]): Promise<{ id: ConversationId; members: UserId[] }[]>;
}

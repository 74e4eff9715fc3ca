import type { ConversationId, UserId } from "@/lib/contract/ids";

export interface RecentlyChanged {
  /** With the last revision as it is now; a conversation that is new counts, also without any change. */
  conversations: { id: ConversationId; rev: number }[];
  /** Who was removed or left, and may be in again. */
  removals: { conversationId: ConversationId; userId: UserId }[];
}

/** What the store saw change lately, for whoever may have missed being told. */
export interface RecentChanges {
  /** By the clock of the database, in milliseconds back from now. Costs with what changed, not with what there is. */
  within(ms: number): Promise<RecentlyChanged>;
  membersOf(conversations: readonly ConversationId[]): Promise<{ id: ConversationId; members: UserId[] }[]>;
}

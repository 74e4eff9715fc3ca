import type { ConversationId, UserId } from "@/lib/contract/ids";

/** Who is in a conversation, without anything else of it. */
export interface ConversationMembers {
  /** All members, the user too; undefined when the user is none. */
  membersFor(user: UserId, conversation: ConversationId): Promise<readonly UserId[] | undefined>;
}

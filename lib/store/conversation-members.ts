import type { Kysely } from "kysely";
import { userId } from "@/lib/contract/ids";
import type { ConversationMembers } from "@/lib/usecases/ports/conversation-members";
import type { Database } from "./schema";
import { withStoreErrors } from "./unavailable";

/** One indexed query a call; nothing is remembered, so that whoever was removed is out at once. */
export function createConversationMembers(db: Kysely<Database>): ConversationMembers {
  return withStoreErrors<ConversationMembers>({
    async membersFor(user, conversation) {
      const rows = await db
        .selectFrom("members")
        .select("user_id")
        .where("conversation_id", "=", conversation)
        .execute();
      const members = rows.map((row) => userId.parse(row.user_id));
      return members.includes(user) ? members : undefined;
    },
  });
}

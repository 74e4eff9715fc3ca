import type pg from "pg";
import type { ConversationId } from "@/lib/contract/ids";
import { withReaction } from "@/lib/domain/reactions";
import type { ConversationUnit } from "@/lib/usecases/ports/conversation-store";
import {
  deleteMember,
  retitle,
  selectMember,
  selectMemberIds,
  selectMembers,
  upsertMember,
} from "./change-members";
import { changeMessage } from "./change-message";
import { selectMessage } from "./history";
import { toMessage } from "./rows";
import { inTransaction } from "./transaction";

/**
 * Runs `work` in a transaction that holds the conversation's row. Sends, which lock the same row, wait; what `work`
 * reads is therefore what will be true when it commits.
 */
export function changeConversation<T>(
  pool: pg.Pool,
  conversation: ConversationId,
  work: (unit: ConversationUnit) => Promise<T>,
): Promise<T | undefined> {
  return inTransaction(pool, "begin", async (client) => {
    const { rows } = await client.query<Pick<ConversationUnit, "id" | "kind" | "title">>(
      "select id, kind, title from conversations where id = $1 for no key update",
      [conversation],
    );
    return rows[0] === undefined ? undefined : work(unitOf(client, rows[0]));
  });
}

function unitOf(
  client: pg.PoolClient,
  found: Pick<ConversationUnit, "id" | "kind" | "title">,
): ConversationUnit {
  const { id } = found;
  const message: ConversationUnit["message"] = async (seq) => {
    const row = await selectMessage(client, id, seq);
    return row === undefined ? undefined : toMessage(row, row.sender_id);
  };
  return {
    ...found,
    message,
    member: (user) => selectMember(client, id, user),
    memberIds: () => selectMemberIds(client, id),
    members: () => selectMembers(client, id),
    editMessage: (seq, body) => changeMessage(client, id, seq, { type: "message.edited", value: body }),
    deleteMessage: (seq) => changeMessage(client, id, seq, { type: "message.deleted" }),
    async setReaction(seq, user, emoji, on) {
      const reactions = withReaction((await message(seq))?.reactions ?? [], emoji, user, on);
      return changeMessage(client, id, seq, { type: "message.reacted", value: JSON.stringify(reactions) });
    },
    addMember: (user, role) => upsertMember(client, id, user, role),
    removeMember: (user) => deleteMember(client, id, user),
    rename: (title) => retitle(client, id, title),
  };
}

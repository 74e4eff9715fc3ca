import type { ConversationId, UserId } from "@/lib/contract/ids";
import { Traffic } from "@/lib/ops/metrics/traffic";
import type { ConversationStore } from "@/lib/usecases/ports/conversation-store";
import { selectChanges } from "./conversations/changes";
import { changeConversation } from "./conversations/conversation-unit";
import { createdGroup, createGroup, openDirect } from "./conversations/create";
import { CursorQueue } from "./conversations/cursor-queue";
import { selectHeads, selectHeadsOfMembers } from "./conversations/heads";
import { selectHistory, selectMessage } from "./conversations/history";
import { markAllRead, markUnread } from "./conversations/mark";
import type { KnownMembers } from "./conversations/member-cache";
import { MemberCache } from "./conversations/member-cache";
import { toMessage } from "./conversations/rows";
import { type SendLookup, SendQueue } from "./conversations/send-queue";
import { selectUnread } from "./conversations/unread";
import type { StoreConnections } from "./database";
import { withStoreErrors } from "./unavailable";

/**
 * Of the connections for the batches. One plan for all sizes, by index whatever the tables' statistics say; and a lock
 * that does not come free is not waited for long, since everybody else in the batch waits as well.
 */
const BATCH_SETTINGS = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  lock_timeout: "1s",
  statement_timeout: "5s",
};

/**
 * Conversations in PostgreSQL. Two connections of its own carry sends and cursors, the pool the rest. Several stores,
 * in one process or many, may work on one database.
 *
 * `close` ends what is under way and its own connections; the pool stays open.
 */
export function createConversationStore(
  connections: StoreConnections,
  traffic = new Traffic(),
): ConversationStore & { close(): Promise<void> } {
  const { pool } = connections;
  const observe = (kind: string) => (size: number, ms: number) => traffic.batch(kind, size, ms);
  const members = new MemberCache();
  const sends = new SendQueue(
    connections.dedicated(BATCH_SETTINGS),
    members,
    lookupIn(connections),
    observe("sends"),
  );
  const cursors = new CursorQueue(connections.dedicated(BATCH_SETTINGS), members, observe("cursors"));
  traffic.queues.set("sends", () => sends.waiting);
  traffic.queues.set("cursors", () => cursors.waiting);
  return withStoreErrors({
    send: (message) => sends.send(message),
    change: (conversation, work) => changeConversation(pool, conversation, work),
    openDirect: (one, other) => openDirect(pool, one, other),
    createGroup: (group) => createGroup(pool, group),
    createdGroup: (request) => createdGroup(pool, request),
    async epoch() {
      const { rows } = await pool.query<{ epoch: string }>(
        "select value #>> '{}' as epoch from settings where key = 'epoch'",
      );
      if (rows[0] === undefined) throw new Error("The database has no epoch: it was not migrated.");
      return rows[0].epoch;
    },
    heads: (user) => selectHeads(pool, user),
    async head(user, conversation) {
      const [found] = await selectHeadsOfMembers(pool, conversation, [user]);
      return found?.head;
    },
    headsOfMembers: (conversation, users) => selectHeadsOfMembers(pool, conversation, users),
    history: (user, conversation, page) => selectHistory(pool, user, conversation, page),
    changes: (user, conversation, page) => selectChanges(pool, user, conversation, page),
    moveCursors: (userId, conversationId, to) =>
      cursors.move({ userId, conversationId, readSeq: to.readSeq, deliveredSeq: to.deliveredSeq }),
    markUnread: (user, conversation, seq) => markUnread(pool, user, conversation, seq),
    unread: (user, page) => selectUnread(pool, user, page),
    markAllRead: (user) => markAllRead(pool, user),
    async close() {
      await Promise.all([sends.close(), cursors.close()]);
    },
  });
}

/** What a repeated send needs to know of the first one; rare, so the pool may answer. */
function lookupIn({ pool }: StoreConnections): SendLookup {
  return {
    async message({ conversationId, seq }) {
      const row = await selectMessage(pool, conversationId, seq);
      if (row === undefined) throw new Error("A repeated message is there and not to be found.");
      return { message: toMessage(row, row.sender_id), createdRev: row.created_rev };
    },
    async members(conversation: ConversationId): Promise<KnownMembers> {
      const { rows } = await pool.query<{ version: number; ids: UserId[] }>(
        `select member_version as version, array(select user_id from members where conversation_id = id) as ids
         from conversations where id = $1`,
        [conversation],
      );
      return rows[0] ?? { version: 0, ids: [] };
    },
  };
}

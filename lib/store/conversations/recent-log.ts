/*
 * What statements note for nodes that may not be told: which conversations they wrote to, and whose cursors they moved. One
 * row a statement, however many rows it changed, so that a message pays for it with an id in an array and no index entry.
 */

/** Longer than anybody asks back. */
const KEPT_MINUTES = 5;

/**
 * Notes to which conversations messages were added: one row, or none.
 *
 * @param sent what to select them from, with `conversation_id`, and `at`: SQL, never what somebody typed.
 */
export function logSends(sent: string): string {
  return `insert into recent_sends (at, conversation_ids)
  select max(at), array_agg(conversation_id) from ${sent} having count(*) > 0`;
}

/**
 * Notes whose cursors were moved: one row, or none when nothing moved.
 *
 * @param moved what to select them from, with `conversation_id`, `user_id` and `reads`: SQL, never what somebody typed.
 */
export function logMoves(moved: string): string {
  return `insert into cursor_moves (conversation_ids, user_ids, reads)
  select array_agg(conversation_id), array_agg(user_id), array_agg(reads) from ${moved} having count(*) > 0`;
}

/** Forgets what nobody asks for any more. */
export const FORGET = ["recent_sends", "cursor_moves"].map(
  (table) => `delete from ${table} where at < now() - interval '${KEPT_MINUTES} minutes'`,
);

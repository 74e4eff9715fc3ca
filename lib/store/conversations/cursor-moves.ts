/** Longer than anybody asks back. */
const KEPT_MINUTES = 5;

/**
 * Notes whose cursors a statement moved, for nodes that may not be told: one row, or none when nothing moved.
 *
 * @param moved what to select them from, with `conversation_id`, `user_id` and `reads`: SQL, never what somebody typed.
 */
export function logMoves(moved: string): string {
  return `insert into cursor_moves (conversation_ids, user_ids, reads)
  select array_agg(conversation_id), array_agg(user_id), array_agg(reads) from ${moved} having count(*) > 0`;
}

/** Forgets what nobody asks for any more. */
export const FORGET_MOVES = `delete from cursor_moves where at < now() - interval '${KEPT_MINUTES} minutes'`;

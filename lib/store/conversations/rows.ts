import type { ClientId, ConversationId, MessageId, UserId } from "@/lib/contract/ids";
import type { Change, Message, Reaction, Timestamp } from "@/lib/contract/shapes";

/** A message as {@link MESSAGE_COLUMNS} select it. The database holds only what was parsed on its way in. */
export interface MessageRow {
  conversation_id: ConversationId;
  seq: number;
  rev: number;
  created_rev: number;
  id: MessageId;
  sender_id: UserId;
  username: string;
  name: string;
  client_id: ClientId;
  body: string;
  version: number;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  reply_to: number | null;
  reactions: Reaction[];
}

/** Of `messages` as `x` and its sender in `users` as `u`. */
export const MESSAGE_COLUMNS = `
  x.conversation_id, x.seq, x.rev, x.created_rev, x.id, x.sender_id, u.username, u.name, x.client_id, x.body,
  x.version, x.created_at, x.edited_at, x.deleted_at, x.reply_to, x.reactions`;

/** The same as a JSON object, for where a row of something else carries a message; times are text then. */
export const MESSAGE_JSON = `json_build_object(
  'conversation_id', x.conversation_id, 'seq', x.seq, 'rev', x.rev, 'created_rev', x.created_rev, 'id', x.id,
  'sender_id', x.sender_id, 'username', u.username, 'name', u.name, 'client_id', x.client_id, 'body', x.body,
  'version', x.version, 'created_at', x.created_at, 'edited_at', x.edited_at, 'deleted_at', x.deleted_at,
  'reply_to', x.reply_to, 'reactions', x.reactions)`;

/** What {@link MESSAGE_JSON} gives. */
export type MessageJson = Omit<MessageRow, "created_at" | "edited_at" | "deleted_at"> & {
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
};

/** A message as `viewer` sees it: the client id is for its sender only. */
export function toMessage(row: MessageRow | MessageJson, viewer: UserId): Message {
  return {
    conversationId: row.conversation_id,
    seq: row.seq,
    rev: row.rev,
    id: row.id,
    ...(row.sender_id === viewer ? { clientId: row.client_id } : {}),
    sender: { id: row.sender_id, username: row.username, name: row.name },
    body: row.body,
    version: row.version,
    createdAt: toTimestamp(row.created_at),
    ...(row.edited_at === null ? {} : { editedAt: toTimestamp(row.edited_at) }),
    ...(row.deleted_at === null ? {} : { deletedAt: toTimestamp(row.deleted_at) }),
    ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
    reactions: row.reactions,
    attachments: [],
  };
}

/** The change that created a message, with the message as it is by now. */
export function toCreated(message: Message, createdRev: number): Change & { message: Message } {
  return {
    conversationId: message.conversationId,
    rev: createdRev,
    type: "message.created",
    message,
    at: message.createdAt,
  };
}

/** PostgreSQL's JSON has the time zone as an offset: both become UTC. */
export function toTimestamp(time: Date | string): Timestamp {
  return (typeof time === "string" ? new Date(time) : time).toISOString();
}

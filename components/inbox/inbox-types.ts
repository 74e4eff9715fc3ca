import type { ErrorBody } from "@/lib/contract/errors";
import type { ClientId, ConversationId } from "@/lib/contract/ids";
import type { Head, Message } from "@/lib/contract/shapes";

export interface InboxEntry {
  head: Head;
  /** Unread messages of others, oldest first; the head says how many there are. */
  messages: Message[];
}

export interface InboxPage {
  entries: InboxEntry[];
  hasMore: boolean;
  total: { conversations: number; messages: number };
}

export type ActionResult<T = object> = ({ ok: true } & T) | { ok: false; error: ErrorBody };

/** Up to where something is read. */
export interface ReadPosition {
  conversationId: ConversationId;
  seq: number;
}

/** What the inbox asks of the server. Every call answers for the signed-in user. */
export interface InboxActions {
  load(before?: { lastMessageAt: string; id: ConversationId }): Promise<ActionResult<{ page: InboxPage }>>;
  markRead(position: ReadPosition): Promise<ActionResult>;
  /** Puts each back to where it was, also backwards; at most 500. */
  restore(positions: ReadPosition[]): Promise<ActionResult>;
  markAllRead(): Promise<ActionResult>;
  reply(message: { conversationId: ConversationId; clientId: ClientId; body: string }): Promise<ActionResult>;
}

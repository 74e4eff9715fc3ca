import type { ConversationId, UserId } from "./ids";
import type { Change, Head, OnlineUser, Presence, Receipt, Timestamp } from "./shapes";

/** Why a session ended; the client shows it and does not reconnect. */
export type SessionEndReason = "signed_out" | "revoked" | "disabled" | "expired" | "password_changed";

/** The payload of every event from server to client. */
export interface ServerEvents {
  change: Change;
  head: Head;
  /** The conversation is no longer the user's: they left or were removed. */
  gone: { conversationId: ConversationId };
  receipt: Receipt;
  typing: { conversationId: ConversationId; userId: UserId; on: boolean };
  presence: Presence;
  notice: { id: string; channel: string; content: unknown; sentAt: Timestamp };
  resync: { reason: string; withinMs: number };
  drain: { withinMs: number };
  "session:end": { reason: SessionEndReason };
  online: { online: OnlineUser[] };
}

/** Socket.IO's typed map of the events a server emits. */
export type ServerToClient = { [E in keyof ServerEvents]: (payload: ServerEvents[E]) => void };

import type { ErrorBody } from "@/lib/contract/errors";
import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
import type { SessionEndReason } from "@/lib/contract/server-events";
import type { Head, Message, OnlineUser, Person, Presence } from "@/lib/contract/shapes";
import type { Store } from "./store";

/**
 * The browser's half of delivery, without React: one connection a tab, what it knows in stores, what was typed in an
 * outbox that survives reload and being offline. Everything is shown from here; nothing else opens a socket.
 */
export interface Engine {
  /** Connects and keeps connected until `stop` or the session's end. */
  start(): void;
  /** For good: who wants to go on makes another engine. What was not sent yet stays in the outbox. */
  stop(): void;

  readonly connection: Store<ConnectionState>;
  readonly conversations: Store<ConversationList>;
  /** Whether what is typed survives a reload; false when the browser gives no storage, or has no room left. */
  readonly persistent: Store<boolean>;

  /** The timeline of one conversation. The first call begins to load it; the same object for the same id. */
  timeline(conversation: ConversationId): Timeline;
  /** A person's presence; watched on the server while somebody is subscribed. */
  presence(user: UserId): Store<Presence | undefined>;
  /** For admins: who is online, live while somebody is subscribed; undefined until the first answer. */
  readonly online: Store<OnlineUser[] | undefined>;

  /** The direct conversation with somebody, made when missing. */
  openConversation(with_: { username: string } | { userId: UserId }): Promise<Result<{ id: ConversationId }>>;
  searchPeople(query: string, after?: string): Promise<Result<{ people: Person[]; hasMore: boolean }>>;

  /** Shown as pending at once, kept until the server has it, sent in order. */
  send(conversation: ConversationId, body: string): void;
  /** Sends a failed message again, with the same id. */
  retry(clientId: ClientId): void;
  /** Forgets a failed message. */
  discard(clientId: ClientId): void;
  edit(message: Message, body: string): Promise<Result<object>>;
  remove(message: Message): Promise<Result<object>>;
  /** Everything up to `seq` was seen; told to the server soon, and again after a reconnect; never moves back. */
  markRead(conversation: ConversationId, seq: number): void;
  /** Everything from `seq` on is unread again. */
  markUnread(conversation: ConversationId, seq: number): Promise<Result<object>>;
}

export type Result<T> = ({ ok: true } & T) | { ok: false; error: ErrorBody };

export interface ConnectionState {
  /** `connecting` before the first snapshot; `offline` after a loss; `ended` never comes back. */
  state: "connecting" | "online" | "offline" | "ended";
  endReason?: SessionEndReason;
  /** Milliseconds since the epoch of the loss, for the banner. */
  offlineSince?: number;
}

export interface ConversationList {
  /** `cached`: shown from the last visit while the snapshot is on its way. */
  status: "loading" | "cached" | "ready";
  /** Latest activity first. */
  heads: readonly Head[];
  byId: ReadonlyMap<ConversationId, Head>;
  /** Sum of `unread` of conversations that are not muted. */
  unread: number;
}

/** A message that the server does not have yet, or refused. */
export interface PendingMessage {
  clientId: ClientId;
  conversationId: ConversationId;
  body: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  state: "pending" | "failed";
  error?: ErrorBody;
}

export interface TimelineState {
  status: "loading" | "ready" | "not_found" | "error";
  /** Contiguous by `seq`, oldest first; a window of the history, deleted ones as tombstones. */
  messages: readonly Message[];
  /** Shown behind the messages when the window reaches the end. */
  pending: readonly PendingMessage[];
  /** Whether there are older messages than the window's first. */
  hasOlder: boolean;
  /** Whether the window does not reach the end: somebody jumped back or scrolled far up. */
  hasNewer: boolean;
  loadingOlder: boolean;
  loadingNewer: boolean;
  error?: ErrorBody;
}

export interface Timeline extends Store<TimelineState> {
  /** Both do nothing while a load is under way or nothing is left. */
  loadOlder(): void;
  loadNewer(): void;
  /** Puts the window around a message. */
  jumpTo(seq: number): void;
  jumpToLatest(): void;
}

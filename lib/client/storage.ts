import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
import type { Head, Message } from "@/lib/contract/shapes";
import type { PendingMessage } from "./engine";

/** What was typed and is not on the server yet, and whose it is. */
export interface OutboxEntry extends PendingMessage {
  user: UserId;
}

/** The last messages of a conversation as they were at revision `rev`, up to the newest. */
export interface CachedStretch {
  conversationId: ConversationId;
  rev: number;
  messages: readonly Message[];
  /** Milliseconds since the epoch. */
  savedAt: number;
}

/** Whose cache it is, and of which state of the server's store: for anybody else, and any other, it is void. */
export interface CacheOwner {
  user: UserId;
  epoch: string;
}

/**
 * What a browser keeps between visits, shared by its tabs. The outbox is what matters: a write to it that resolved
 * survives a crash of the page. The cache is only there to show something at once. Rejects when the browser refuses.
 */
export interface ClientStorage {
  outbox(user: UserId): Promise<OutboxEntry[]>;
  putInOutbox(entry: OutboxEntry): Promise<void>;
  takeFromOutbox(id: ClientId): Promise<void>;
  clearOutbox(user: UserId): Promise<void>;

  cacheOwner(): Promise<CacheOwner | undefined>;
  /** Empties the cache and gives it to a new owner. */
  resetCache(owner?: CacheOwner): Promise<void>;
  cachedHeads(): Promise<Head[]>;
  putHeads(heads: readonly Head[]): Promise<void>;
  cachedStretch(id: ConversationId): Promise<CachedStretch | undefined>;
  /** Keeps the stretches that were saved last. */
  putStretch(stretch: CachedStretch): Promise<void>;
  /** Forgets a conversation's messages, and unless `keepHead` its head. */
  dropConversation(id: ConversationId, options?: { keepHead: boolean }): Promise<void>;
}

/** Stretches beyond this many are forgotten, the oldest first. */
export const CACHED_STRETCHES = 30;

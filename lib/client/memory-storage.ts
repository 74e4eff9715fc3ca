import type { ClientId, ConversationId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import {
  CACHED_STRETCHES,
  type CachedStretch,
  type CacheOwner,
  type ClientStorage,
  type OutboxEntry,
} from "./storage";

/** The twin of the browser's storage that lasts as long as the page: where IndexedDB is absent, and in tests. */
export function createMemoryStorage(): ClientStorage {
  const outbox = new Map<ClientId, OutboxEntry>();
  const heads = new Map<ConversationId, Head>();
  const stretches = new Map<ConversationId, CachedStretch>();
  let owner: CacheOwner | undefined;

  return {
    async outbox(user) {
      return [...outbox.values()].filter((entry) => entry.user === user);
    },
    async putInOutbox(entry) {
      outbox.set(entry.clientId, structuredClone(entry));
    },
    async takeFromOutbox(id) {
      outbox.delete(id);
    },
    async clearOutbox(user) {
      for (const entry of [...outbox.values()]) if (entry.user === user) outbox.delete(entry.clientId);
    },
    async cacheOwner() {
      return owner;
    },
    async resetCache(next) {
      heads.clear();
      stretches.clear();
      owner = next;
    },
    async cachedHeads() {
      return [...heads.values()];
    },
    async putHeads(list) {
      for (const head of list) heads.set(head.id, structuredClone(head));
    },
    async cachedStretch(id) {
      return stretches.get(id);
    },
    async putStretch(stretch) {
      stretches.set(stretch.conversationId, structuredClone(stretch));
      const bySaving = [...stretches.values()].sort((one, other) => other.savedAt - one.savedAt);
      for (const { conversationId } of bySaving.slice(CACHED_STRETCHES)) stretches.delete(conversationId);
    },
    async dropConversation(id, options) {
      stretches.delete(id);
      if (options?.keepHead !== true) heads.delete(id);
    },
  };
}

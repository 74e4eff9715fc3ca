import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import {
  CACHED_STRETCHES,
  type CachedStretch,
  type CacheOwner,
  type ClientStorage,
  type OutboxEntry,
} from "./storage";

interface Schema extends DBSchema {
  outbox: { key: ClientId; value: OutboxEntry; indexes: { user: UserId } };
  heads: { key: ConversationId; value: Head };
  stretches: { key: ConversationId; value: CachedStretch; indexes: { savedAt: number } };
  owner: { key: "owner"; value: CacheOwner };
}

const NAME = "homing";
const VERSION = 1;

/**
 * Opens the browser's storage.
 *
 * @throws when the browser has none or refuses (private windows of some browsers, a full disk)
 */
export async function openIndexedDbStorage(): Promise<ClientStorage> {
  const database = await openDB<Schema>(NAME, VERSION, {
    upgrade(created) {
      created.createObjectStore("outbox", { keyPath: "clientId" }).createIndex("user", "user");
      created.createObjectStore("heads", { keyPath: "id" });
      const stretches = created.createObjectStore("stretches", { keyPath: "conversationId" });
      stretches.createIndex("savedAt", "savedAt");
      created.createObjectStore("owner");
    },
    // a newer version of the page in another tab must not wait for this one
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
  return { ...outboxIn(database), ...cacheIn(database) };
}

type OutboxPart = "outbox" | "putInOutbox" | "takeFromOutbox" | "clearOutbox";

function outboxIn(database: IDBPDatabase<Schema>): Pick<ClientStorage, OutboxPart> {
  return {
    outbox: (user) => database.getAllFromIndex("outbox", "user", user),
    async putInOutbox(entry) {
      // survives a crash of the browser; waiting for the disk too would delay every send by milliseconds
      const transaction = database.transaction("outbox", "readwrite", { durability: "relaxed" });
      await Promise.all([transaction.store.put(entry), transaction.done]);
    },
    takeFromOutbox: (id) => database.delete("outbox", id),
    async clearOutbox(user) {
      const transaction = database.transaction("outbox", "readwrite");
      const ids = await transaction.store.index("user").getAllKeys(user);
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
    },
  };
}

function cacheIn(database: IDBPDatabase<Schema>): Omit<ClientStorage, OutboxPart> {
  return {
    cacheOwner: () => database.get("owner", "owner"),
    async resetCache(owner) {
      const transaction = database.transaction(["heads", "stretches", "owner"], "readwrite");
      const owned = transaction.objectStore("owner");
      await Promise.all([
        transaction.objectStore("heads").clear(),
        transaction.objectStore("stretches").clear(),
        owner === undefined ? owned.clear() : owned.put(owner, "owner"),
        transaction.done,
      ]);
    },
    cachedHeads: () => database.getAll("heads"),
    async putHeads(heads) {
      const transaction = database.transaction("heads", "readwrite");
      await Promise.all([...heads.map((head) => transaction.store.put(head)), transaction.done]);
    },
    cachedStretch: (id) => database.get("stretches", id),
    async putStretch(stretch) {
      const transaction = database.transaction("stretches", "readwrite");
      await transaction.store.put(stretch);
      const ids = await transaction.store.index("savedAt").getAllKeys();
      const oldest = ids.slice(0, Math.max(0, ids.length - CACHED_STRETCHES));
      await Promise.all([...oldest.map((id) => transaction.store.delete(id)), transaction.done]);
    },
    async dropConversation(id, options) {
      const transaction = database.transaction(["heads", "stretches"], "readwrite");
      await Promise.all([
        transaction.objectStore("stretches").delete(id),
        options?.keepHead === true ? undefined : transaction.objectStore("heads").delete(id),
        transaction.done,
      ]);
    },
  };
}

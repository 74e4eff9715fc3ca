import { createMemoryStorage } from "./memory-storage";
import type { ClientStorage } from "./storage";

/** How long the browser may take to open its storage; some never answer. */
const OPEN_MS = 3_000;

/**
 * Storage that is there at once and never fails: what is asked waits for `open`; where that or a call fails, memory
 * steps in and `onFailure` is told once, so that people can be.
 */
export function createGuardedStorage(
  open: () => Promise<ClientStorage>,
  onFailure: (error: unknown) => void,
): ClientStorage {
  const memory = createMemoryStorage();
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error("The browser's storage does not open.")), OPEN_MS);
  });
  let told = false;
  const failed = (error: unknown) => {
    if (!told) onFailure(error);
    told = true;
  };
  const opened = Promise.race([open(), late]).catch((error: unknown) => {
    failed(error);
    return memory;
  });

  const attempt = async <T>(ask: (storage: ClientStorage) => Promise<T>): Promise<T> => {
    try {
      return await ask(await opened);
    } catch (error) {
      failed(error);
      return ask(memory);
    }
  };

  return {
    outbox: (user) => attempt((storage) => storage.outbox(user)),
    putInOutbox: (entry) =>
      attempt(async (storage) => {
        try {
          await storage.putInOutbox(entry);
        } catch {
          // most likely full: what can be fetched again makes room for what cannot
          await storage.resetCache();
          await storage.putInOutbox(entry);
        }
      }),
    takeFromOutbox: (id) => attempt((storage) => storage.takeFromOutbox(id)),
    clearOutbox: (user) => attempt((storage) => storage.clearOutbox(user)),
    cacheOwner: () => attempt((storage) => storage.cacheOwner()),
    resetCache: (owner) => attempt((storage) => storage.resetCache(owner)),
    cachedHeads: () => attempt((storage) => storage.cachedHeads()),
    putHeads: (heads) => attempt((storage) => storage.putHeads(heads)),
    cachedStretch: (id) => attempt((storage) => storage.cachedStretch(id)),
    putStretch: (stretch) => attempt((storage) => storage.putStretch(stretch)),
    dropConversation: (id, options) => attempt((storage) => storage.dropConversation(id, options)),
  };
}

import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import type { StoppableClock } from "./clock";
import type { CachedStretch, CacheOwner, ClientStorage } from "./storage";

export interface CacheOptions {
  user: UserId;
  storage: ClientStorage;
  clock: StoppableClock;
  /** What is worth keeping of a conversation now. */
  read(conversation: ConversationId): { head: Head | undefined; stretch: CachedStretch | undefined };
}

/** What is shown at once at the next visit, or without a network. Only ever the signed-in user's own. */
export interface Cache {
  /** The heads of the last visit; none when that was somebody else's. */
  open(): Promise<Head[]>;
  /** With the epoch it belongs to. */
  stretch(conversation: ConversationId): Promise<(CachedStretch & { epoch: string }) | undefined>;
  /** The server's store is in this state; what was kept of another one is void. */
  adopt(epoch: string): void;
  touch(conversation: ConversationId): void;
  drop(conversation: ConversationId, options?: { keepHead: boolean }): void;
  /** Writes down what was touched. */
  flush(): void;
  wipe(): Promise<void>;
}

const WRITE_MS = 1_000;

export function createCache(options: CacheOptions): Cache {
  const { user, storage, clock } = options;
  const touched = new Set<ConversationId>();
  let owner: CacheOwner | undefined;
  let callOff: (() => void) | undefined;

  const opened = (async () => {
    owner = await storage.cacheOwner();
    if (owner === undefined || owner.user === user) return;
    owner = undefined;
    await storage.resetCache();
  })();

  const flush = () => {
    callOff?.();
    callOff = undefined;
    if (owner === undefined || touched.size === 0) return;
    const kept = [...touched].map(options.read);
    touched.clear();
    void storage.putHeads(kept.flatMap(({ head }) => head ?? []));
    for (const { stretch } of kept) if (stretch !== undefined) void storage.putStretch(stretch);
  };

  return {
    async open() {
      await opened;
      return owner === undefined ? [] : storage.cachedHeads();
    },
    async stretch(conversation) {
      await opened;
      const epoch = owner?.epoch;
      if (epoch === undefined) return undefined;
      const kept = await storage.cachedStretch(conversation);
      return kept && { ...kept, epoch };
    },
    adopt(epoch) {
      void opened.then(async () => {
        if (owner?.epoch === epoch) return;
        owner = undefined;
        await storage.resetCache({ user, epoch });
        owner = { user, epoch };
        flush();
      });
    },
    touch(conversation) {
      touched.add(conversation);
      callOff ??= clock.after(WRITE_MS, flush);
    },
    drop(conversation, drop) {
      if (drop?.keepHead !== true) touched.delete(conversation);
      void storage.dropConversation(conversation, drop);
    },
    flush,
    async wipe() {
      owner = undefined;
      touched.clear();
      await storage.resetCache();
    },
  };
}

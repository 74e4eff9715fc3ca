import { describe, expect, it } from "vitest";
import { ConversationModel, personOf } from "@/lib/domain/testing/conversation-model";
import { createGuardedStorage } from "./guarded-storage";
import { createMemoryStorage } from "./memory-storage";
import { newClientId } from "./new-id";
import { storageChecks } from "./testing/storage-checks";

describe("storage in memory", () => {
  it.each(Object.entries(storageChecks))("%s", async (_name, check) => {
    const storage = createMemoryStorage();
    await check(async () => storage);
  });
});

describe("guarded storage", () => {
  it.each(Object.entries(storageChecks))("without any from the browser: %s", async (_name, check) => {
    const failures: unknown[] = [];
    const storage = createGuardedStorage(
      () => Promise.reject(new Error("no storage here")),
      (error) => failures.push(error),
    );
    await check(async () => storage);
    expect(failures).toHaveLength(1);
  });

  it("makes room for what was typed, and goes on in memory when there is none", async () => {
    const inner = createMemoryStorage();
    const user = personOf(0).id;
    await inner.resetCache({ user, epoch: "1" });
    const disk = { isFull: true, freed: 0 };
    const full = {
      ...inner,
      putInOutbox: async (entry: Parameters<typeof inner.putInOutbox>[0]) => {
        if (disk.isFull) throw new Error("full");
        await inner.putInOutbox(entry);
      },
      resetCache: async () => {
        disk.freed += 1;
        disk.isFull = disk.freed > 1;
      },
    };
    const failures: unknown[] = [];
    const storage = createGuardedStorage(
      async () => full,
      (error) => failures.push(error),
    );
    await storageChecks["has an entry as it was put last, and not after it was taken"]?.(async () => storage);
    expect(failures).toEqual([]);
    disk.isFull = true;
    await expect(
      storage.putInOutbox({ user, body: "b", createdAt: 1, state: "pending", ...idsOf() }),
    ).resolves.toBeUndefined();
    expect(failures).toHaveLength(1);
  });
});

function idsOf() {
  return { clientId: newClientId(), conversationId: new ConversationModel(2).id };
}

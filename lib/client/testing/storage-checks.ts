import type { ClientId } from "@/lib/contract/ids";
import { ConversationModel, personOf } from "@/lib/domain/testing/conversation-model";
import { newClientId } from "../new-id";
import type { ClientStorage, OutboxEntry } from "../storage";

/** Runs also in a browser, where the test runner's own comparison is not. */
function same(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`It is ${is} and should be ${should}.`);
}

const me = personOf(0).id;
const other = personOf(1).id;

function entryOf(user: OutboxEntry["user"], body: string, clientId: ClientId = newClientId()): OutboxEntry {
  const conversationId = new ConversationModel(2).id;
  return { user, clientId, conversationId, body, createdAt: 1, state: "pending" };
}

function conversation(messages: number): ConversationModel {
  const model = new ConversationModel(2);
  for (let n = 0; n < messages; n += 1) model.take({ do: "send", by: n });
  return model;
}

const stretchOf = (model: ConversationModel, savedAt: number) => ({
  conversationId: model.id,
  rev: model.lastRev,
  messages: model.messages,
  savedAt,
});

/** What every storage keeps to; each check gets an empty one, and may open it again. */
export const storageChecks: Record<string, (open: () => Promise<ClientStorage>) => Promise<void>> = {
  async "keeps the outbox of each user apart"(open) {
    const storage = await open();
    await storage.putInOutbox(entryOf(me, "mine"));
    await storage.putInOutbox(entryOf(other, "theirs"));
    same(
      (await storage.outbox(me)).map(({ body }) => body),
      ["mine"],
    );
    await storage.clearOutbox(me);
    same(await storage.outbox(me), []);
    same((await storage.outbox(other)).length, 1);
  },

  async "has an entry as it was put last, and not after it was taken"(open) {
    const storage = await open();
    const entry = entryOf(me, "a");
    await storage.putInOutbox(entry);
    await storage.putInOutbox({ ...entry, state: "failed", error: { code: "too_large", message: "long" } });
    same(await storage.outbox(me), [
      { ...entry, state: "failed", error: { code: "too_large", message: "long" } },
    ]);
    await storage.takeFromOutbox(entry.clientId);
    await storage.takeFromOutbox(entry.clientId);
    same(await storage.outbox(me), []);
  },

  async "still has everything when it is opened again"(open) {
    const storage = await open();
    const model = conversation(3);
    await storage.resetCache({ user: me, epoch: "1" });
    await storage.putInOutbox(entryOf(me, "kept"));
    await storage.putHeads([model.head(me)]);
    await storage.putStretch(stretchOf(model, 1));
    const again = await open();
    same((await again.outbox(me)).length, 1);
    same(await again.cacheOwner(), { user: me, epoch: "1" });
    same(await again.cachedHeads(), [model.head(me)]);
    same(await again.cachedStretch(model.id), stretchOf(model, 1));
  },

  async "empties the cache for a new owner, and leaves the outbox"(open) {
    const storage = await open();
    const model = conversation(2);
    await storage.putInOutbox(entryOf(me, "kept"));
    await storage.putHeads([model.head(me)]);
    await storage.putStretch(stretchOf(model, 1));
    await storage.resetCache({ user: other, epoch: "2" });
    same(await storage.cachedHeads(), []);
    same((await storage.cachedStretch(model.id)) ?? null, null);
    same(await storage.cacheOwner(), { user: other, epoch: "2" });
    await storage.resetCache();
    same((await storage.cacheOwner()) ?? null, null);
    same((await storage.outbox(me)).length, 1);
  },

  async "keeps the stretches that were saved last"(open) {
    const storage = await open();
    const model = conversation(1);
    const ids = Array.from({ length: 35 }, () => model.id.slice(0, -2)).map((id, n) => `${id}${10 + n}`);
    const isOf = (text: string): text is typeof model.id => ids.includes(text);
    const typed = ids.filter(isOf);
    for (const [n, id] of typed.entries()) {
      await storage.putStretch({ ...stretchOf(model, 100 + n), conversationId: id });
    }
    const kept = await Promise.all(typed.map((id) => storage.cachedStretch(id)));
    same(
      kept.map((stretch) => stretch !== undefined),
      typed.map((_, n) => n >= 5),
    );
  },

  async "drops a conversation, or only its messages"(open) {
    const storage = await open();
    const model = conversation(2);
    await storage.putHeads([model.head(me)]);
    await storage.putStretch(stretchOf(model, 1));
    await storage.dropConversation(model.id, { keepHead: true });
    same((await storage.cachedStretch(model.id)) ?? null, null);
    same((await storage.cachedHeads()).length, 1);
    await storage.dropConversation(model.id);
    same(await storage.cachedHeads(), []);
  },
};

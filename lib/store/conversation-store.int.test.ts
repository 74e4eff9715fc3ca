import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConversationId, clientId, conversationId, messageId, type UserId } from "@/lib/contract/ids";
import type { NewMessage, SendOutcome } from "@/lib/usecases/ports/conversation-store";
import { createConversationStore } from "./conversation-store";
import { connectStore, type StoreConnections } from "./database";
import { freshDatabase } from "./testing/database";
import { addPeople } from "./testing/people";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connections: StoreConnections;
let store: ReturnType<typeof createConversationStore>;

beforeAll(async () => {
  database = await freshDatabase();
  connections = connectStore({ url: database.url, poolSize: 4, onError: () => undefined });
  store = createConversationStore(connections);
});
afterAll(async () => {
  await store.close();
  await connections.close();
  await database.drop();
});

const people = async <const N extends number>(count: N) => addPeople(connections, count);
const twoPeople = async (): Promise<[UserId, UserId]> => {
  const [one, other] = await people(2);
  if (one === undefined || other === undefined) throw new Error("people are missing");
  return [one, other];
};
const message = (
  conversation: ConversationId,
  sender: UserId,
  more: Partial<NewMessage> = {},
): NewMessage => ({
  id: messageId.parse(randomUUID()),
  conversationId: conversation,
  senderId: sender,
  clientId: clientId.parse(randomUUID()),
  body: "hello",
  ...more,
});
function stored(outcome: SendOutcome) {
  if (outcome.kind !== "stored") throw new Error(`it was ${outcome.kind}`);
  return outcome;
}

describe("sending", () => {
  it("numbers, returns what was stored, and whom to tell", async () => {
    const [ann, ben] = await twoPeople();
    const { id } = await store.openDirect(ann, ben);
    const sent = message(id, ann, { body: "你好 'quoted' \\ {\"x\":1},{}" });
    const outcome = stored(await store.send(sent));
    expect(outcome.message).toMatchObject({
      seq: 1,
      rev: 1,
      version: 1,
      id: sent.id,
      clientId: sent.clientId,
      body: sent.body,
      sender: { id: ann },
    });
    expect([...outcome.members].sort()).toEqual([ann, ben].sort());
    expect(outcome.change).toEqual({
      conversationId: id,
      rev: 1,
      type: "message.created",
      message: outcome.message,
      at: outcome.message.createdAt,
    });
    const history = await store.history(ann, id, { limit: 10 });
    expect(history).toEqual({ messages: [outcome.message], hasMore: false });
  });

  it("answers a repeat with the first message, before and after it was edited and deleted", async () => {
    const [ann, ben] = await twoPeople();
    const { id } = await store.openDirect(ann, ben);
    const sent = message(id, ann);
    const first = stored(await store.send(sent));
    const repeat = { ...sent, id: messageId.parse(randomUUID()) };
    expect(await store.send(repeat)).toEqual({ kind: "duplicate", message: first.message });
    await store.change(id, (unit) => unit.editMessage(1, "other words"));
    expect(await store.send(repeat)).toMatchObject({ kind: "duplicate", message: { body: "other words" } });
    await store.change(id, (unit) => unit.deleteMessage(1));
    expect(await store.send(repeat)).toMatchObject({ kind: "duplicate", message: { body: "", version: 3 } });
    expect(await store.send({ ...repeat, body: "other words" })).toEqual({ kind: "conflict" });
    const elsewhere = await store.openDirect(ann, ann);
    expect(await store.send({ ...repeat, conversationId: elsewhere.id })).toEqual({ kind: "conflict" });
  });

  it("refuses strangers, unknown conversations and replies to what is not there", async () => {
    const [ann, ben] = await twoPeople();
    const [eve] = await people(1);
    const { id } = await store.openDirect(ann, ben);
    expect(await store.send(message(id, eve ?? ann))).toEqual({ kind: "not_member" });
    const unknown = conversationId.parse(randomUUID());
    expect(await store.send(message(unknown, ann))).toEqual({ kind: "not_member" });
    expect(await store.send(message(id, ann, { replyTo: 1 }))).toEqual({ kind: "no_such_reply" });
    stored(await store.send(message(id, ann)));
    expect(stored(await store.send(message(id, ben, { replyTo: 1 }))).message.replyTo).toBe(1);
  });

  it("makes one message of a thousand concurrent repeats, over two nodes", async () => {
    const [ann, ben] = await twoPeople();
    const { id } = await store.openDirect(ann, ben);
    const sent = message(id, ann);
    const otherConnections = connectStore({ url: database.url, poolSize: 2, onError: () => undefined });
    const other = createConversationStore(otherConnections);
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        (n % 2 === 0 ? store : other).send({ ...sent, id: messageId.parse(randomUUID()) }),
      ),
    );
    await other.close();
    await otherConnections.close();
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "stored")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "duplicate")).toHaveLength(999);
    const history = await store.history(ben, id, { limit: 10 });
    expect(history?.messages).toHaveLength(1);
  });
});

import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { startRedis } from "@/lib/cluster/testing/redis";
import { type ConversationId, clientId, conversationId, messageId } from "@/lib/contract/ids";
import { connect } from "@/lib/realtime/testing/test-client";
import type { TestUser } from "@/lib/realtime/testing/test-user";
import { buildConversationUseCases } from "@/lib/usecases/build-conversations";
import type { ComposedNode } from "./testing/composed-node";
import { newUser, openWith, prepareNodes, type Routing } from "./testing/two-nodes";

const { undo, startNode, startTwo } = prepareNodes();
const created = z.object({ conversation: z.object({ id: conversationId }) });
const lateHint = (id: ConversationId) => ({ kind: "change", conversationId: id, rev: 1 }) as const;
const within = { timeout: 10_000 };

/** As if the node died between COMMIT and everything after it. */
const sendUnheard = (node: ComposedNode, conversation: ConversationId, sender: TestUser) =>
  node.services.store.send({
    id: messageId.parse(randomUUID()),
    conversationId: conversation,
    senderId: sender.account.id,
    clientId: clientId.parse(randomUUID()),
    body: "nobody was told",
  });

/** Ada on both of two nodes and Bob on the second, with three messages of Bob's that everybody has. */
async function startConversation(routing: Routing) {
  const [a, b] = await startTwo(routing);
  const [ada, bob] = [await newUser(a), await newUser(a)];
  const clients = {
    adaHere: await connect(a, ada),
    adaThere: await connect(b, ada),
    bobThere: await connect(b, bob),
  };
  const conversation = await openWith(clients.adaHere, bob);
  for (let seq = 1; seq <= 3; seq += 1) {
    const message = { conversationId: conversation, clientId: randomUUID(), body: `message ${seq}` };
    expect(await clients.bobThere.ask("message:send", message)).toMatchObject({ ok: true });
  }
  await vi.waitFor(() => expect(clients.adaHere.heardOf("change")).toHaveLength(3), within);
  return { ...clients, a, b, ada, bob, conversation };
}

describe.each<Routing>(["directed", "broadcast"])("two nodes with ROUTING=%s", (routing) => {
  it("find nothing to repair while nothing fails: new conversations, messages, cursors", async () => {
    const { a, b, ada, adaHere, bobThere, conversation } = await startConversation(routing);
    const group = { clientId: randomUUID(), title: "group", usernames: [ada.account.username] };
    expect(await bobThere.ask("conversation:create", group)).toMatchObject({ ok: true });
    await adaHere.ask("delivered", { conversationId: conversation, seq: 2 });
    await adaHere.ask("read:set", { conversationId: conversation, seq: 3 });
    await adaHere.ask("read:set", { conversationId: conversation, seq: 2, unread: true });
    // What is committed and never told comes later than anything that would have been repaired wrongly, on both nodes.
    await sendUnheard(a, await openWith(adaHere, ada), ada);
    const repairs = () => [a, b].map(({ services }) => services.traffic.repairs());
    await vi.waitFor(() => expect(Math.min(...repairs())).toBeGreaterThan(0), within);
    expect(repairs()).toEqual([1, 1]);
  });

  it("tell within 10 s what was committed and never published", async () => {
    const { a, bob, adaHere, adaThere, bobThere, conversation } = await startConversation(routing);
    await sendUnheard(a, conversation, bob);
    for (const client of [adaHere, adaThere, bobThere]) {
      await vi.waitFor(
        () =>
          expect(client.heardOf("head").at(-1)).toMatchObject({ id: conversation, lastSeq: 4, lastRev: 4 }),
        within,
      );
    }
  });

  it("tell within 10 s how far somebody has read, whose node never told it", async () => {
    const { a, ada, adaHere, adaThere, bobThere, conversation } = await startConversation(routing);
    await a.services.store.moveCursors(ada.account.id, conversation, { readSeq: 3 });
    for (const client of [adaHere, adaThere]) {
      await vi.waitFor(
        () => expect(client.heardOf("head").at(-1)).toMatchObject({ readSeq: 3, unread: 0 }),
        within,
      );
    }
    const receipts = [{ userId: ada.account.id, readSeq: 3, deliveredSeq: 3 }];
    await vi.waitFor(() => expect(bobThere.heardOf("head").at(-1)).toMatchObject({ receipts }), within);
  });

  it("tell within 10 s what is unread again, also when an older state was told last", async () => {
    const { a, b, ada, adaHere, adaThere, conversation } = await startConversation(routing);
    await adaHere.ask("read:set", { conversationId: conversation, seq: 3 });
    await vi.waitFor(() => expect(adaThere.heardOf("head").at(-1)).toMatchObject({ readSeq: 3 }), within);
    const [old] = await b.services.store.headsOfMembers(conversation, [ada.account.id]);
    await a.services.store.markUnread(ada.account.id, conversation, 2);
    if (old !== undefined) b.services.fanOut.head(ada.account.id, old.head);
    for (const client of [adaHere, adaThere]) {
      await vi.waitFor(
        () => expect(client.heardOf("head").at(-1)).toMatchObject({ readSeq: 1, unread: 2 }),
        within,
      );
    }
  });

  it("keep from who was removed what Redis brings late", async () => {
    const own = await startRedis();
    undo(() => own.remove());
    const prefix = randomUUID();
    const [a, b] = [await startNode(routing, prefix, own.url), await startNode(routing, prefix, own.url)];
    await vi.waitFor(async () => expect((await b.joined.cluster.nodes()).size).toBe(2), within);
    const [ada, bob, eve] = [await newUser(a), await newUser(a), await newUser(a)];
    const [here, bobThere, eveThere] = [await connect(a, ada), await connect(b, bob), await connect(b, eve)];
    const usernames = [bob.account.username, eve.account.username];
    const group = { clientId: randomUUID(), title: "group", usernames };
    const { conversation } = created.parse(await here.ask("conversation:create", group));
    await vi.waitFor(() => expect(bobThere.heardOf("head")).toHaveLength(1), within);
    own.pause();
    const message = {
      conversationId: conversation.id,
      clientId: randomUUID(),
      body: "Redis keeps this back",
    };
    expect(await here.ask("message:send", message)).toMatchObject({ ok: true });
    const removal = { conversationId: conversation.id, remove: [bob.account.username] };
    expect(await here.ask("conversation:update", removal)).toMatchObject({ ok: true });
    await vi.waitFor(
      () =>
        expect(b.joined.told.removed.mustNotHear(lateHint(conversation.id), [bob.account.id])).toHaveLength(
          1,
        ),
      within,
    );
    own.resume();
    await vi.waitFor(() => expect(eveThere.heardOf("change").length).toBeGreaterThan(0), within);
    await vi.waitFor(() => expect(bobThere.heardOf("gone")).toHaveLength(1), within);
    expect(bobThere.heardOf("change")).toEqual([]);
  });

  it("tell within 10 s who was removed and never heard of it", async () => {
    const [a, b] = await startTwo(routing);
    const [ada, bob] = [await newUser(a), await newUser(a)];
    const [here, there] = [await connect(a, ada), await connect(b, bob)];
    const group = { clientId: randomUUID(), title: "group", usernames: [bob.account.username] };
    const { conversation } = created.parse(await here.ask("conversation:create", group));
    const { store, people } = a.services;
    const ignore = () => undefined;
    const silent = { change: ignore, head: ignore, gone: ignore, receipt: ignore, endCredentials: ignore };
    const randomness = { uuid: randomUUID, secret: () => "" };
    const unheard = buildConversationUseCases({ store, people, fanOut: silent, randomness });
    const actor = { ...ada.account, credential: { kind: "session", id: ada.session } } as const;
    const remove = { conversationId: conversation.id, remove: [bob.account.username] };
    await unheard.updateConversation(actor, remove);
    await vi.waitFor(
      () => expect(there.heardOf("gone")).toEqual([{ conversationId: conversation.id }]),
      within,
    );
    expect(here.heardOf("gone")).toEqual([]);
  });
});

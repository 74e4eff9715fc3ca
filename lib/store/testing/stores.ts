import { randomUUID } from "node:crypto";
import {
  type ClientId,
  type ConversationId,
  clientId,
  conversationId,
  type MessageId,
  messageId,
  type UserId,
} from "@/lib/contract/ids";
import type { ConversationStore, NewMessage, SendOutcome } from "@/lib/usecases/ports/conversation-store";
import { createConversationStore } from "../conversation-store";
import { connectStore, type StoreConnections } from "../database";
import { freshDatabase } from "./database";
import { addPeople } from "./people";

/** A store on connections of its own: what one node has. */
export interface StoreNode {
  store: ConversationStore & { close(): Promise<void> };
  connections: StoreConnections;
  /** Errors of connections that broke while nobody used them. */
  errors: Error[];
  close(): Promise<void>;
}

export function openNode(url: string, options: { answerWithinMs?: number } = {}): StoreNode {
  const errors: Error[] = [];
  const connections = connectStore({ url, poolSize: 4, onError: (error) => errors.push(error), ...options });
  const store = createConversationStore(connections);
  return {
    store,
    connections,
    errors,
    async close() {
      await store.close();
      await connections.close();
    },
  };
}

/** Two nodes on one fresh database. */
export async function openTwoNodes() {
  const database = await freshDatabase();
  const nodes = [openNode(database.url), openNode(database.url)] as const;
  return {
    url: database.url,
    nodes,
    store: nodes[0].store,
    people: <const N extends number>(count: N) => somePeople(nodes[0].connections, count),
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await database.drop();
    },
  };
}

type Several<N extends number> = N extends 1
  ? [UserId]
  : N extends 2
    ? [UserId, UserId]
    : N extends 3
      ? [UserId, UserId, UserId]
      : [UserId, UserId, UserId, UserId, ...UserId[]];

async function somePeople<const N extends number>(
  connections: StoreConnections,
  count: N,
): Promise<Several<N>> {
  const people = await addPeople(connections, count);
  if (!hasAll(people, count)) throw new Error("People are missing.");
  return people;
}

function hasAll<N extends number>(people: UserId[], count: N): people is Several<N> & UserId[] {
  return people.length === count;
}

export const newConversationId = (): ConversationId => conversationId.parse(randomUUID());
export const newClientId = (): ClientId => clientId.parse(randomUUID());
export const newMessageId = (): MessageId => messageId.parse(randomUUID());

export function newMessage(
  conversation: ConversationId,
  sender: UserId,
  more: Partial<NewMessage> = {},
): NewMessage {
  return {
    id: newMessageId(),
    conversationId: conversation,
    senderId: sender,
    clientId: newClientId(),
    body: "hello",
    ...more,
  };
}

/** @throws Error when it was not stored. */
export function stored(outcome: SendOutcome): Extract<SendOutcome, { kind: "stored" }> {
  if (outcome.kind !== "stored") throw new Error(`The send was ${outcome.kind}.`);
  return outcome;
}

/** @throws Error when there is nothing. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("Nothing is there.");
  return value;
}

export async function newGroup(
  store: ConversationStore,
  creator: UserId,
  members: readonly UserId[],
): Promise<ConversationId> {
  const id = newConversationId();
  const title = "A group";
  await store.createGroup({ id, creator, clientId: newClientId(), content: title, title, members });
  return id;
}

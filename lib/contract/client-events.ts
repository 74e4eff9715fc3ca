import { z } from "zod";
import type { ErrorBody } from "./errors";
import { clientId, conversationId, userId } from "./ids";
import { LIMITS } from "./limits";
import type { Change, Head, Me, Message, OnlineUser, Person, Presence } from "./shapes";
import { emoji, groupTitle, messageBody, searchText, username } from "./text";

const seq = z.int().min(1);
const cursor = z.int().min(0);
const page = (most: number) => z.int().min(1).max(most);

/** The payload of every event from client to server. Unknown keys are dropped, so that a newer client may talk to an older node. */
export const clientEvents = {
  sync: z.object({}),
  "conversation:open": z.union([z.object({ username }), z.object({ userId })]),
  "conversation:create": z.object({
    clientId,
    title: groupTitle,
    usernames: z.array(username).max(LIMITS.groupMembers - 1),
  }),
  "conversation:update": z.object({
    conversationId,
    title: groupTitle.optional(),
    add: z.array(username).max(LIMITS.groupMembers).optional(),
    remove: z.array(username).max(LIMITS.groupMembers).optional(),
  }),
  "conversation:leave": z.object({ conversationId }),
  "conversation:history": z.object({
    conversationId,
    beforeSeq: seq.optional(),
    limit: page(LIMITS.historyPage).default(50),
  }),
  "conversation:changes": z.object({
    conversationId,
    afterRev: cursor,
    limit: page(LIMITS.changesPage).default(200),
  }),
  "message:send": z.object({
    conversationId,
    clientId,
    body: messageBody,
    replyTo: seq.optional(),
    attachmentIds: z.array(z.guid()).max(0).optional(),
  }),
  "message:edit": z.object({ conversationId, seq, body: messageBody, version: z.int().min(1) }),
  "message:delete": z.object({ conversationId, seq }),
  "message:react": z.object({ conversationId, seq, emoji, on: z.boolean() }),
  "read:set": z.object({ conversationId, seq: cursor, unread: z.literal(true).optional() }),
  delivered: z.object({ conversationId, seq: cursor }),
  typing: z.object({ conversationId, on: z.boolean() }),
  "presence:watch": z.object({ userIds: z.array(userId).max(LIMITS.presenceWatch) }),
  /**
   * Whether the person at this connection does nothing, until it says otherwise. A user is `away` when that is so at each of
   * their connections; one that never says anything counts as active.
   */
  "presence:set": z.object({ idle: z.boolean() }),
  /** Whom one can talk to, by name: prefix of a word of the name or of the username; all when `query` is empty. */
  "people:search": z.object({
    query: searchText.default(""),
    after: username.optional(),
    limit: page(LIMITS.peoplePage).default(50),
  }),
  /** For admins: who is online, then live `online` events until `on: false`. */
  "online:watch": z.object({ on: z.boolean() }),
} as const;

export type ClientEventName = keyof typeof clientEvents;
/** What a client may pass: defaults may be absent. */
export type ClientPayload<E extends ClientEventName> = z.input<(typeof clientEvents)[E]>;
/** What a handler gets after parsing. */
export type ParsedPayload<E extends ClientEventName> = z.output<(typeof clientEvents)[E]>;

export interface ClientResults {
  sync: { epoch: string; me: Me; conversations: Head[] };
  "conversation:open": { conversation: Head };
  "conversation:create": { conversation: Head };
  "conversation:update": { conversation: Head };
  "conversation:leave": Record<never, never>;
  "conversation:history": { messages: Message[]; hasMore: boolean };
  "conversation:changes": { changes: Change[]; lastRev: number; hasMore: boolean; reset?: true };
  "message:send": { message: Message; duplicate: boolean };
  "message:edit": { message: Message };
  "message:delete": { message: Message };
  "message:react": { message: Message };
  "read:set": { readSeq: number; unread: number };
  delivered: Record<never, never>;
  typing: Record<never, never>;
  "presence:watch": { presence: Presence[] };
  "presence:set": Record<never, never>;
  "people:search": { people: Person[]; hasMore: boolean };
  "online:watch": { online: OnlineUser[] };
}

/** The one shape of every acknowledgement. */
export type Answer<R> = ({ ok: true } & R) | { ok: false; error: ErrorBody };

/** Socket.IO's typed map of the events a client emits. */
export type ClientToServer = {
  [E in ClientEventName]: (
    payload: ClientPayload<E>,
    acknowledge: (answer: Answer<ClientResults[E]>) => void,
  ) => void;
};
